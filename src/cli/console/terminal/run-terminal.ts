import { onAbort } from '../../../util/abort.js';
import { deferred } from '../../../util/deferred.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import type { GlobalOptions } from '../../options/global-options.js';
import { ConsoleCore, type CoreParts } from '../console-core.js';
import { History, stateFile } from '../kept.js';
import { LoggedView } from '../logs.js';
import { paintFor, TextView, TimeStamps } from '../view.js';
import { Keyboard, LineEditor } from './line-editor.js';
import { Typing } from './typing.js';

/** Whether a line can be edited here: a terminal on both sides with a cursor that moves, and no log that runs through. */
export function canEdit({ json = false, debug = false }: GlobalOptions): boolean {
  const { stdin, stdout, env } = process;
  const terminal = stdin.isTTY === true && stdout.isTTY === true && stdout.columns > 0;
  return terminal && env.TERM !== 'dumb' && !json && !debug;
}

/** A dialogue on the terminal, until the person leaves or `over` aborts. The terminal is as before then. */
export async function runTerminal(
  shared: Omit<CoreParts, 'view' | 'look'>,
  over: AbortSignal,
): Promise<ExitCode> {
  const { stdin, stdout } = process;
  // Only a screen needs it.
  const { wrapped } = await import('./wrap.js');
  const paint = paintFor(stdout);
  const look = { hex: false, stamps: new TimeStamps('abs') };
  const left = deferred<ExitCode>();
  const history = new History(stateFile('history'));
  const screen = new TextView(
    (lines) => editor.print(lines),
    paint,
    look,
    (line, indent = 0) => wrapped(line, stdout.columns - indent),
  );
  const view = new LoggedView(screen, shared.log);
  const core = new ConsoleCore({ ...shared, view, look }, { unattended: false });
  const typing = new Typing(core, history, paint, () => editor);
  const editor = new LineEditor(stdout, history.lines, (text) => paint('faint', text), typing);
  const keyboard = new Keyboard(stdin, {
    key: (text, key) => typing.key(text, key),
    gone: () => left.resolve(EXIT.INTERRUPTED),
  });
  const { session } = shared;
  session.on('item', (item) => view.item(item));
  session.on('note', (text, kind) => view.note(text, kind));
  session.on('state', () => typing.refresh());
  const forget = onAbort(over, () => left.resolve(EXIT.DONE));
  typing.onLeave((exitCode) => left.resolve(exitCode));
  try {
    view.note(`${session.port} is open; .help shows what there is, Ctrl-D leaves`, 'plain');
    typing.refresh();
    return await left.promise;
  } finally {
    forget();
    core.giveUp();
    editor.close();
    keyboard.close();
  }
}
