import { describe, expect, it } from 'vitest';
import { type Answer, answerAt, type ValueSources } from '../../../src/cli/completion/answer.js';
import { findCursor } from '../../../src/cli/completion/cursor.js';
import { createProgram } from '../../../src/cli/program.js';

const asked: string[] = [];

function source(name: string, ...words: string[]): ValueSources {
  return {
    [name]: async () => {
      asked.push(name);
      return words.map((word) => ({ word, help: '' }));
    },
  };
}

const SOURCES: ValueSources = {
  ...source('--port', '/dev/ttyUSB0', 'tcp://', 'sim:'),
  ...source('--profile', 'bench', 'meter'),
  ...source('profiles name', 'bench', 'meter'),
  ...source('--fault', 'split', 'late-ok='),
};

function complete(...words: string[]): Promise<Answer> {
  return answerAt(
    findCursor(
      createProgram(() => {}),
      words,
    ),
    SOURCES,
  );
}

async function wordsFor(...words: string[]): Promise<readonly string[]> {
  return (await complete(...words)).candidates.map(({ word }) => word);
}

describe('completion', () => {
  it('knows the commands, without the hidden one', async () => {
    const commands = await wordsFor('');
    expect(commands).toEqual(
      expect.arrayContaining(['pub', 'sub', 'sim', 'provision', 'completion', 'help']),
    );
    expect(commands).not.toContain('complete-words');
    expect(await wordsFor('pu')).toEqual(['pub']);
    expect(await wordsFor('--json', '-p', 'pub', 'inf')).toEqual(['info']);
    expect(await wordsFor('provision', 'im')).toEqual(['import']);
    expect(await wordsFor('help', 'provision', 'im')).toEqual(['import']);
    expect(await wordsFor('nonsense', 'pu')).toEqual([]);
  });

  it('knows the options of the command, each once unless it may be repeated', async () => {
    expect(await wordsFor('pub', '--will-')).toEqual([
      '--will-topic',
      '--will-payload',
      '--will-qos',
      '--will-retain',
    ]);
    expect(await wordsFor('pub', '--will-retain', '--will-r')).toEqual([]);
    expect(await wordsFor('sub', '-t', 'a', '--top')).toEqual(['--topic']);
    expect(await wordsFor('sub', '-vN', '--ver')).toEqual([]);
    expect(await wordsFor('ports', '--w')).toEqual(['--watch']);
    expect(await wordsFor('--pro')).toEqual(['--profile']);
    expect(await wordsFor('demo', '--')).toEqual(expect.arrayContaining(['--json', '--help']));
  });

  it('offers the options where nothing else can stand', async () => {
    expect(await wordsFor('ports', '')).toContain('--watch');
    expect(await wordsFor('ports', '--', '')).toEqual([]);
  });

  it.each([
    [
      ['info', '-p', ''],
      ['/dev/ttyUSB0', 'tcp://', 'sim:'],
    ],
    [['-p', 's'], ['sim:']],
    [['info', '--port=s'], ['--port=sim:']],
    [['info', '-ps'], ['-psim:']],
    [['info', '-dp', 's'], ['sim:']],
    [['info', '-dps'], ['-dpsim:']],
    [['provision', 'run', '--port', 'slot1=/'], ['slot1=/dev/ttyUSB0']],
    [['provision', 'run', '--port=slot1=t'], ['--port=slot1=tcp://']],
    [['provision', 'run', '--port', '/dev/a='], []],
    [['info', '--port', 'slot1=/'], []],
    [['pub', '--profile', 'be'], ['bench']],
    [['--profile', 'm'], ['meter']],
    [
      ['profiles', 'show', ''],
      ['bench', 'meter'],
    ],
    [['profiles', 's'], ['show']],
    [['sim', '--fault', 'split', '--fault', 'la'], ['late-ok=']],
    [
      ['sim', '--module', ''],
      ['nt26', 'nt35e'],
    ],
    [['pub', '--module=nt3'], ['--module=nt35e']],
    [
      ['pub', '-q', ''],
      ['0', '1', '2'],
    ],
    [['pub', '--will-qos=2'], ['--will-qos=2']],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['outbox', 'x.db', 'f'], ['flush']],
  ])('knows the values for %j', async (words, expected) => {
    expect(await wordsFor(...words)).toEqual(expected);
  });

  it.each([
    [['pub', '-f', 'RE']],
    [['pub', '--file=RE']],
    [['info', '--trace', '']],
    [['outbox', '']],
    [['provision', 'import', '']],
  ])('leaves files to the shell for %j', async (words) => {
    expect(await complete(...words)).toEqual({ candidates: [], files: true });
  });

  it.each([[['pub', '-m', '']], [['pub', '-t', '--']], [['outbox', 'x.db', 'list', 'more']]])(
    'proposes neither value nor file for %j',
    async (words) => {
      const { candidates, files } = await complete(...words);
      expect(files).toBe(false);
      expect(candidates.filter(({ word }) => !word.startsWith('--'))).toEqual([]);
    },
  );

  it('looks for a value of an option that may go without', async () => {
    expect(await wordsFor('info', '--watch', '--js')).toEqual(['--json']);
    expect(await wordsFor('info', '--watch', '5', '--js')).toEqual(['--json']);
  });

  it('asks only for what is wanted', async () => {
    asked.length = 0;
    await wordsFor('pub', '--profile', 'b');
    await wordsFor('pub', '--po');
    expect(asked).toEqual(['--profile']);
  });
});
