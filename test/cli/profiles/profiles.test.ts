import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Finished, runCli } from '../run-cli.js';
import { startWorld } from '../world.js';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'atmqtt-'));
});

afterEach(() => rm(home, { recursive: true }));

function run(args: readonly string[], environment: Record<string, string> = {}): Promise<Finished> {
  return runCli(args, { environment: { XDG_CONFIG_HOME: home, ...environment } });
}

function stored(name: string): Promise<string> {
  return readFile(join(home, 'atmqtt', 'profiles', `${name}.json`), 'utf8');
}

describe('--save and --profile', () => {
  it('lead a command the same way again: typed, else the environment, else the profile', async () => {
    const { commands, to } = await startWorld();
    const saved = await run(['pub', ...to, '-i', 'meter-7', '-k', '60', '-t', 't', '-n', '--save', 'meter']);
    expect(saved).toMatchObject({
      code: 0,
      stderr: 'atmqtt: saved profile meter: port, broker, id, keepalive\n',
    });
    commands.length = 0;
    expect((await run(['pub', '--profile', 'meter', '-t', 't', '-n'])).code).toBe(0);
    expect(commands).toContain('AT+LMQTTOPEN=0,"broker.example",1883');
    expect(commands).toContain('AT+LMQTTCONN=0,"meter-7"');
    expect(commands).toContain('AT+LMQTTCFG="keepalive",0,60');
    commands.length = 0;
    const environment = { ATMQTT_BROKER: 'mqtt://other.example', ATMQTT_USERNAME: 'u' };
    await run(['--profile', 'meter', 'pub', '-k', '30', '-t', 't', '-n'], environment);
    expect(commands).toContain('AT+LMQTTOPEN=0,"other.example",1883');
    expect(commands).toContain('AT+LMQTTCONN=0,"meter-7","u"');
    expect(commands).toContain('AT+LMQTTCFG="keepalive",0,30');
  });

  it('keep no password unless told, wherever it stands', async () => {
    const port = ['-p', 'tcp://127.0.0.1:1'];
    const secret = [...port, '-b', 'mqtt://u:hunter2@h', '-P', 'hunter2', '-t', 't', '-n'];
    const { code, stderr } = await run(['pub', ...secret, '--save', 'open']);
    expect(code).toBe(3);
    expect(stderr).toMatch(/^atmqtt: saved profile open: port, broker, without the password: --save-secrets/);
    expect(await stored('open')).not.toContain('hunter2');
    await run(['pub', ...port, '-b', 'h', '-t', 't', '-n', '--save', 'env'], { ATMQTT_PASSWORD: 'hunter2' });
    expect(await stored('env')).not.toContain('hunter2');

    const kept = await run(['pub', ...secret, '--save', 'secret', '--save-secrets']);
    expect(JSON.parse(await stored('secret')).options).toMatchObject({
      broker: 'mqtt://u:hunter2@h',
      pw: 'hunter2',
    });
    const args = ['pub', ...port, '-b', 'h', '-t', 't', '-n', '--save', 'env', '--save-secrets'];
    await run(args, { ATMQTT_PASSWORD: 'hunter2' });
    expect(JSON.parse(await stored('env')).options).toMatchObject({ pw: 'hunter2' });
    const shown = await Promise.all([
      run(['profiles']),
      run(['profiles', '--json']),
      run(['profiles', 'show', 'secret']),
      run(['profiles', 'show', 'secret', '--json']),
    ]);
    for (const finished of [kept, ...shown]) {
      expect(String(finished.stdout) + finished.stderr).not.toContain('hunter2');
    }
    expect(String(shown[2]?.stdout)).toMatch(/^--broker {2}mqtt:\/\/u:\*\*\*@h$/m);
  });

  it('log in with the password that a profile keeps', async () => {
    const { commands, to } = await startWorld();
    const login = ['-u', 'u', '-P', 'hunter2', '-i', 'm'];
    await run(['pub', ...to, ...login, '-t', 't', '-n', '--save', 'x', '--save-secrets']);
    commands.length = 0;
    expect((await run(['pub', '--profile', 'x', '-t', 't', '-n'])).code).toBe(0);
    expect(commands).toContain('AT+LMQTTCONN=0,"m","u","hunter2"');
  });

  it('build a profile on another', async () => {
    const to = ['-p', 'tcp://127.0.0.1:1', '-t', 't', '-n'];
    await run(['pub', ...to, '-b', 'mqtt://a', '-i', 'one', '--save', 'one']);
    await run(['pub', ...to, '--profile', 'one', '-i', 'two', '--save', 'two']);
    expect(JSON.parse(await stored('two')).options).toEqual({
      port: 'tcp://127.0.0.1:1',
      broker: 'mqtt://a',
      id: 'two',
    });
  });

  it.each([
    [['pub', '-t', 't', '-n', '--profile', 'nt26'], /for the module give --module nt26\n/],
    [['pub', '-t', 't', '-n', '--profile', 'none'], /\(there is none yet\)/],
    [['pub', '-t', 't', '-n', '--save', '../x', '-p', 'x'], /save is "\.\.\/x", but/],
    [['pub', '-t', 't', '-n', '--save', 'x'], /nothing to save/],
    [['pub', '-t', 't', '-n', '--save-secrets'], /--save-secrets belongs to --save/],
    [['--profile', 'nt26', 'sim', '--tcp', '0'], /sim takes no profile; .*--module/],
    [['sim', '--profile', 'nt26'], /unknown option '--profile'; the module is chosen with --module nt26/],
    [['sim', '--profile=nt35e'], /unknown option '--profile=\*\*\*'; the module is chosen with --module/],
    [['profiles', 'show'], /the name of a profile is missing/],
    [['profiles', 'list', 'x'], /list takes no name/],
    [['profiles', 'drop', 'x'], /Allowed choices are list, show, delete/],
  ])('are refused as usage where they make no sense: %s', async (args, message) => {
    const { code, stdout, stderr } = await run(args);
    expect({ code, stdout: String(stdout) }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});

describe('atmqtt profiles', () => {
  it('lists, shows and deletes', async () => {
    await run(['info', '-p', 'tcp://127.0.0.1:1', '--start-timeout', '2.5', '--save', 'bench']);
    expect(String((await run(['profiles'])).stdout)).toBe('bench  tcp://127.0.0.1:1\n');
    expect(String((await run(['profiles', 'show', 'bench'])).stdout)).toBe(
      '--port           tcp://127.0.0.1:1\n--start-timeout  2.5\n',
    );
    expect(JSON.parse(String((await run(['profiles', '--json'])).stdout))).toEqual({
      name: 'bench',
      options: { port: 'tcp://127.0.0.1:1', 'start-timeout': '2.5' },
    });
    expect((await run(['profiles', 'delete', 'bench'])).code).toBe(0);
    expect((await run(['profiles'])).stderr).toMatch(/no profile is saved/);
  });
});
