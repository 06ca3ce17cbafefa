import { describe, expect, it } from 'vitest';
import { createProgram, type Launch } from './program.js';

/** What was launched with these arguments, and what was printed. */
async function given(...args: readonly string[]) {
  const launched: { options: unknown; words: unknown }[] = [];
  let printed = '';
  const launch: Launch = async (_load, options, words) => void launched.push({ options, words });
  const program = await createProgram(args[0], launch);
  const add = (text: string) => {
    printed += text;
  };
  for (const command of [program, ...program.commands]) {
    command.configureOutput({ writeOut: add, writeErr: add });
  }
  const exitCode = await program.parseAsync(args, { from: 'user' }).then(
    () => undefined,
    (error: { exitCode?: number }) => error.exitCode,
  );
  return { launched, printed, exitCode };
}

describe('npm run tool', () => {
  it('lists the tools, a line each', async () => {
    const { printed, exitCode } = await given('--help');
    expect(exitCode).toBe(0);
    const names = ['bench', 'soak', 'fuzz', 'factory', 'interop', 'kill9', 'nodes', 'package'];
    for (const name of names) expect(printed).toMatch(new RegExp(`^  ${name} +\\S.*$`, 'm'));
    expect(printed.split('Commands:')[1]?.split('\n\n')[0]?.trim().split('\n')).toHaveLength(names.length);
  });

  it.each([
    ['bench', 'round-trip, window'],
    ['soak', '--hours'],
    ['fuzz', 'digester'],
    ['factory', '--stations'],
    ['interop', 'rabbitmq'],
    ['kill9', '--kills'],
    ['nodes', '--node'],
    ['package', '--help'],
  ])('%s has help of its own', async (name, word) => {
    const { printed, exitCode, launched } = await given(name, '--help');
    expect(exitCode).toBe(0);
    expect(printed).toContain(`npm run tool -- ${name}`);
    expect(printed).toContain(word);
    expect(launched).toEqual([]);
  });

  it('hands over words and options', async () => {
    const bench = await given('bench', 'parsing', 'line', '--json');
    expect(bench.launched).toEqual([{ options: { json: true }, words: ['parsing', 'line'] }]);
    const interop = await given('interop', '--broker', 'aedes', '--broker', 'mosca', '--feature', 'will');
    expect(interop.launched).toEqual([
      { options: { broker: ['aedes', 'mosca'], client: [], feature: ['will'] }, words: [] },
    ]);
    const nodes = await given('nodes', '--node', '22', 'test/at', '--node', 'newest');
    expect(nodes.launched).toEqual([{ options: { node: ['22', 'newest'] }, words: ['test/at'] }]);
    expect((await given('nodes')).launched).toEqual([
      { options: { node: ['20', '22', '24', '26', 'newest'] }, words: [] },
    ]);
  });

  it.each([
    [['bnch'], "unknown command 'bnch'"],
    [['fuzz', '--rums', '1'], "unknown option '--rums'"],
    [['fuzz', '--runs', 'many'], 'It must be a whole number from 1'],
    [['fuzz', '--target', 'digest'], 'It must be one of digester, '],
    [['soak', '--hours', '0'], 'It must be a number above 0.'],
    [['soak', '--hours', '1', '--minutes', '1'], "cannot be used with option '--minutes <n>'"],
    [['bench', 'wide'], 'It must be one of round-trip, '],
    [['factory', '--mode', 'paper'], 'Allowed choices are file, registration, mixed.'],
    [['kill9', 'now'], 'too many arguments'],
    [['nodes', '--node', 'v22'], 'It must be a major version such as 22, or newest.'],
  ])('refuses %j', async (args, sentence) => {
    const { launched, printed, exitCode } = await given(...args);
    expect(exitCode).toBe(1);
    expect(printed).toContain(sentence);
    expect(launched).toEqual([]);
  });
});
