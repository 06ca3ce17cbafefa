import { readFileSync } from 'node:fs';
import { ArgumentError, fileError } from '../../../errors/kinds.js';
import type { DotContext } from '../dot/dot-command.js';
import { typedBytes } from '../readable.js';
import { lineOf } from '../traffic.js';
import { maskTyped } from '../typed-line.js';
import { parseScript } from './parse-script.js';
import type { ScriptHost, StepResult } from './script-runner.js';
import type { Statement } from './statements.js';

/** Bytes of a script at most. */
const MAX_SCRIPT = 1024 * 1024;

/** Reads a script file; throws an `ArgumentError` for one that cannot be read, or with the line of a fault in it. */
export function loadScript(path: string): readonly Statement[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw fileError('script', 'read', path, error);
  }
  if (text.length > MAX_SCRIPT) {
    throw new ArgumentError('script', `a file of ${text.length} bytes`, `at most ${MAX_SCRIPT} bytes`);
  }
  return parseScript(text, path);
}

/** The session as a script uses it. Payloads are typed as the console takes them: in hex after `.hex on`. */
export function scriptHost({
  session,
  look,
  submitDot,
}: Pick<DotContext, 'session' | 'look' | 'submitDot'>): ScriptHost {
  return {
    ask: (line, options) => session.ask(line, options),
    giveUp: () => void session.giveUp(),
    dot: submitDot,
    payload: (text) => typedBytes(text, look.hex),
    listen: (listener) => {
      const onItem = (item: Parameters<typeof lineOf>[0]) => {
        const line = lineOf(item);
        if (line !== undefined) listener(line);
      };
      session.on('item', onItem);
      return () => void session.off('item', onItem);
    },
  };
}

/** E.g. `pass   3  AT+CSQ  12 ms`. Secrets are masked. */
export function stepLine({ line, text, passed, ms, reason }: StepResult): string {
  const head = `${passed ? 'pass' : 'FAIL'} ${String(line).padStart(4)}  ${maskTyped(text)}  ${ms} ms`;
  return reason === undefined ? head : `${head}: ${maskTyped(reason)}`;
}

/** The same for `--json`. */
export function stepRecord({ line, text, passed, ms, reason }: StepResult): object {
  const why = reason === undefined ? {} : { reason: maskTyped(reason) };
  return { line, step: maskTyped(text), passed, ms, ...why };
}
