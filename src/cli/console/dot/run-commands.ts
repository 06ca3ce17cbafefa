import { ArgumentError } from '../../../errors/kinds.js';
import { ModemError } from '../../../errors/modem-error.js';
import { didYouMean } from '../../../util/did-you-mean.js';
import { alignColumns } from '../../terminal.js';
import { loadScript, scriptHost, stepLine } from '../script/run-script.js';
import { ScriptRunner } from '../script/script-runner.js';
import { firstWord, maskTyped } from '../typed-line.js';
import type { DotCommand, DotContext } from './dot-command.js';

export const RUN: DotCommand = {
  name: '.run',
  usage: '.run <file>',
  about: 'run a script: lines, expect, data, timeout, wait, set, repeat … end, # comment',
  run: async (rest, context) => {
    const { view, stopping } = context;
    const found = firstWord(rest);
    if (found === undefined || found.rest !== '') throw new ArgumentError('script', `"${rest}"`, 'one file');
    const statements = loadScript(found.word);
    const report = (result: Parameters<typeof stepLine>[0]) =>
      view.note(stepLine(result), result.passed ? 'good' : 'bad');
    const runner = new ScriptRunner(scriptHost(context), report, stopping());
    if (!(await runner.run(statements))) throw new ModemError('COMMAND_FAILED', `${found.word}: failed`);
    view.note(`${found.word}: passed`, 'good');
  },
};

const USAGE = '.macro [<name> [= line; line…] | -d <name>]';

export const MACRO: DotCommand = {
  name: '.macro',
  usage: USAGE,
  about: 'list, run, define and delete named lines: .macro net = AT+CSQ; AT+CEREG?',
  run: async (rest, context) => {
    const definition = /^([\w-]+)\s*=\s*(.+)$/.exec(rest);
    const removal = /^-d\s+(\S+)$/.exec(rest);
    if (rest === '') list(context);
    else if (removal?.[1] !== undefined) remove(removal[1], context);
    else if (definition?.[1] !== undefined) define(definition[1], definition[2] ?? '', context);
    else await runMacro(rest, context);
  },
};

function list({ macros, view }: DotContext): void {
  const rows = [...macros.all].map(([name, lines]) => [name, lines.map(maskTyped).join('; ')]);
  view.text(rows.length === 0 ? [`no macros yet; usage: ${USAGE}`] : alignColumns(rows));
}

function define(name: string, text: string, { macros, view }: DotContext): void {
  const lines = text
    .split(/;\s+/)
    .map((line) => line.replace(/;$/, '').trim())
    .filter((line) => line !== '');
  const kept = macros.define(name, lines);
  view.note(kept ? `macro ${name} is kept` : `macro ${name} is for this run only, it is not kept`, 'plain');
}

function remove(name: string, { macros, view }: DotContext): void {
  if (!macros.remove(name)) throw unknown(name, macros.all);
  view.note(`macro ${name} is deleted`, 'plain');
}

/** Ends at the first line that fails. A macro may call others, but not itself. */
async function runMacro(name: string, context: DotContext, callers: readonly string[] = []): Promise<void> {
  const lines = context.macros.all.get(name);
  if (lines === undefined) throw unknown(name, context.macros.all);
  if (callers.includes(name)) throw new ModemError('INVALID_ARGUMENT', `macro ${name} calls itself`);
  for (const line of lines) {
    const inner = /^\.macro\s+([\w-]+)$/.exec(line)?.[1];
    if (inner !== undefined) await runMacro(inner, context, [...callers, name]);
    else if ((await context.submit(line)) !== 'done') {
      throw new ModemError('COMMAND_FAILED', `macro ${name} ends at the line that failed`);
    }
  }
}

function unknown(name: string, macros: ReadonlyMap<string, unknown>): ModemError {
  const near = didYouMean(name, [...macros.keys()]);
  const hint = near === undefined ? `usage: ${USAGE}` : `did you mean ${near}?`;
  return new ModemError('INVALID_ARGUMENT', `there is no macro ${name}; ${hint}`);
}
