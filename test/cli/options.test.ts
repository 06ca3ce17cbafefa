import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { mergedOptions } from '../../src/cli/merged-options.js';
import { createProgram } from '../../src/cli/program.js';

/** The options that the command is called with. */
async function parse(...args: string[]): Promise<object> {
  let options: object = {};
  const program = createProgram((command) => {
    command.action(() => {
      options = mergedOptions<object>(command);
    });
  });
  await program.parseAsync(args, { from: 'user' });
  return options;
}

const VARIABLES = ['ATMQTT_PORT', 'ATMQTT_BROKER', 'ATMQTT_USERNAME', 'ATMQTT_PASSWORD'];

beforeEach(() => {
  for (const name of VARIABLES) vi.stubEnv(name, undefined);
});

afterEach(() => void vi.unstubAllEnvs());

describe('options', () => {
  it('may stand in front of the command or behind it; behind it counts more', async () => {
    expect(await parse('-p', 'COM1', '--json', 'info', '-d')).toEqual({
      port: 'COM1',
      json: true,
      debug: true,
    });
    expect(await parse('-p', 'COM1', 'info', '-p', 'COM2')).toEqual({ port: 'COM2' });
  });

  it('may stand in front of a group of commands as well', async () => {
    const parsed: object[] = [];
    const program = createProgram(() => {});
    const inner = program.commands.find((command) => command.name() === 'provision')?.command('inner');
    inner?.option('-p, --port <url>').action(() => void parsed.push(mergedOptions<object>(inner)));
    await program.parseAsync(['-p', 'COM1', '--json', 'provision', '-d', 'inner'], { from: 'user' });
    await program.parseAsync(['-p', 'COM1', 'provision', 'inner', '-p', 'COM2'], { from: 'user' });
    expect(parsed).toEqual([
      { port: 'COM1', json: true, debug: true },
      expect.objectContaining({ port: 'COM2' }),
    ]);
  });

  it('come from the environment when they are not given', async () => {
    vi.stubEnv('ATMQTT_PORT', 'COM7');
    vi.stubEnv('ATMQTT_BROKER', 'mqtt://h');
    vi.stubEnv('ATMQTT_USERNAME', 'u');
    vi.stubEnv('ATMQTT_PASSWORD', 'p');
    const fromEnvironment = { port: 'COM7', broker: 'mqtt://h', username: 'u', pw: 'p' };
    expect(await parse('pub', '-t', 't', '-n')).toMatchObject(fromEnvironment);
    expect(await parse('-p', 'COM1', 'pub', '-t', 't', '-n')).toMatchObject({
      ...fromEnvironment,
      port: 'COM1',
    });
    expect(await parse('pub', '-t', 't', '-n', '-b', 'x', '-u', 'v', '-P', 'q')).toMatchObject({
      port: 'COM7',
      broker: 'x',
      username: 'v',
      pw: 'q',
    });
  });

  it('do not come from an empty variable, and sim takes none', async () => {
    vi.stubEnv('ATMQTT_PORT', '');
    vi.stubEnv('ATMQTT_BROKER', 'mqtt://h');
    expect(await parse('info')).toEqual({});
    expect(await parse('sim', '--tcp', ':0')).not.toHaveProperty('broker');
  });

  it('are numbers and lists where they are meant so; times are ms', async () => {
    const args = [
      '-t',
      'a',
      '-t',
      'b',
      '-q',
      '2',
      '-C',
      '3',
      '-W',
      '1.5',
      '-k',
      '0',
      '--connect-timeout',
      '10',
    ];
    expect(
      await parse('sub', ...args, '-N', '--max-inflight', '64', '--registration-timeout', '0.001'),
    ).toEqual({
      topic: ['a', 'b'],
      qos: 2,
      count: 3,
      timeLimit: 1500,
      keepalive: 0,
      connectTimeout: 10_000,
      eol: false,
      maxInflight: 64,
      registrationTimeout: 1,
    });
  });

  it('may look like one of the program when they are the value of another', async () => {
    expect(await parse('pub', '-t', '--json', '-m', '-p')).toEqual({
      topic: '--json',
      message: '-p',
      qos: 0,
    });
  });

  it.each([
    ['-k', '3601'],
    ['-k', '-1'],
    ['-k', '1e3'],
    ['-q', '1.0'],
    ['-C', '0'],
    ['-W', '0'],
    ['-W', '2147484'],
    ['-W', 'soon'],
    ['--max-inflight', '65'],
  ])('refuses %s %s', async (option, value) => {
    await expect(parse('sub', '-t', 't', option, value)).rejects.toThrow(/is invalid\. It must be /);
  });
});
