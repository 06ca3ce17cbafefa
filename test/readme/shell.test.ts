import { describe, expect, it } from 'vitest';
import { BLOCKS, type Block, placeOf } from './blocks.js';
import { kindOf } from './languages.js';
import { planOf } from './shell/plans.js';
import { runBlock } from './shell/run-block.js';
import { aSandbox } from './shell/sandbox.js';
import { type Command, commandsOf, scriptOf } from './shell-lines.js';
import { linesOfSynopsis } from './synopsis.js';

/** What a reader who began at the top has exported. */
function exportsAbove({ line }: Block): string {
  const above = BLOCKS.filter((block) => block.line < line && kindOf(block) === 'shell');
  return above.flatMap(({ text }) => text.match(/^export .*\n/gm) ?? []).join('');
}

/** What is no synopsis: that stands for many commands, with words that nobody would type. */
function commandsIn(block: Block): Command[] {
  const lines = scriptOf(block).split('\n');
  const typed = lines.filter((line) => linesOfSynopsis(line).length === 1 && !/<\w+>|…/.test(line));
  return commandsOf(`${exportsAbove(block)}${typed.join('\n')}`).filter(
    ({ words: [name] }) => name === 'atmqtt',
  );
}

const blocks = BLOCKS.filter((block) => kindOf(block) === 'shell')
  .map((block) => [placeOf(block), block, commandsIn(block)] as const)
  .filter(([, , commands]) => commands.length > 0);

/** What a dialogue shows behind each command, of those that show the same each time; else nothing. */
function answersIn({ text }: Block): string[] {
  return /^\$ atmqtt provision /m.test(text) ? text.split(/^\$ .*\n/m).slice(1) : [];
}

describe('a block of commands in the README', () => {
  it.each(blocks)('has a plan for each of them: %s', (_place, _block, commands) => {
    const lines = commands.map(({ words }) => words.slice(1).join(' '));
    expect(lines.filter((line) => planOf(line) === undefined)).toEqual([]);
  });

  it.each(blocks)(
    'does as it is typed, without hardware: %s',
    { timeout: 120_000 },
    async (_place, block, commands) => {
      const answers = answersIn(block);
      const shown = await runBlock(commands, await aSandbox(commands), answers);
      if (answers.length > 0) expect(shown).toEqual(answers);
    },
  );
});
