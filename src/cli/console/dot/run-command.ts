import { ArgumentError } from '../../../errors/kinds.js';
import { ModemError } from '../../../errors/modem-error.js';
import { loadScript, scriptHost, stepLine } from '../script/run-script.js';
import { ScriptRunner } from '../script/script-runner.js';
import { firstWord } from '../words.js';
import type { DotCommand } from './dot-command.js';

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
