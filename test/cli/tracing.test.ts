import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parseTraceLine } from '../../src/transport/trace-format.js';
import { runCli, startCli } from './run-cli.js';
import { entry, freshPath, SESSION, traceFile } from './trace/recording.js';
import { startWorld } from './world.js';

const LOGIN = { ATMQTT_USERNAME: 'u', ATMQTT_PASSWORD: 'hunter2' };

describe('what comes first on a line', () => {
  const FOLDED = [
    '\\{64*\\{63*\\x1b}\\r}',
    '\\{64*\\{63*\\x1b}\\r}',
    '\\{5*\\{63*\\x1b}\\r}\\{51*\\x1b}\\r',
    'AT\\r\\n',
  ];

  it('is short on the screen, and in the file as it was', async () => {
    const { to } = await startWorld();
    const path = await freshPath();
    const args = ['info', ...to.slice(0, 2), '--trace', path, '-d'];
    const { stderr } = await runCli(args);
    const shown = stderr.split('\n').filter((line) => /^\d{4}-\S+ \+\S+ > /.test(line));
    expect(shown.slice(0, 4).map((line) => line.replace(/^\S+ \S+ > /, ''))).toEqual(FOLDED);
    for (const line of stderr.split('\n')) expect(line.length).toBeLessThan(300);
    const kept = (await readFile(path, 'latin1')).split('\n').filter((line) => / > /.test(line));
    const filler = kept.slice(0, 3).map((line) => line.replace(/^\S+ \S+ > /, ''));
    expect(filler.join('')).toMatch(/^(?:\\x1b|\\r){8564}$/);
    // What was copied from the screen is the same trace.
    expect(shown.map(parseTraceLine)).toEqual(kept.map(parseTraceLine));
    const replayed = await runCli(['replay', path]);
    expect(String(replayed.stdout)).toMatch(
      /^.*\n {4}\+0\.\d{3} > \n {13}8564 bytes of ESC and CR, in case the module waits for the rest of a payload\n {4}\+0\.\d{3} > AT\n/,
    );
    expect(String(replayed.stdout)).toMatch(
      / {4}\+0\.\d{3} < \n {13}8564 bytes of ESC and CR come back as an echo\n/,
    );
    for (const line of String(replayed.stdout).split('\n')) expect(line.length).toBeLessThan(300);
  });

  it('is folded whatever byte it is, for people alone', async () => {
    const path = await traceFile(
      `${entry(`0 < ${'\\x00'.repeat(500)}OK\\r\\n`)}${entry(`1 > AT+X="${'z'.repeat(40)}"\\r\\n`)}`,
    );
    const text = await runCli(['trace', path, '--no-decode']);
    expect(String(text.stdout)).toContain(' > AT+X="\\{40*z}"\n');
    const json = await runCli(['trace', path, '--json']);
    expect(String(json.stdout)).toContain(`AT+X=\\"${'z'.repeat(40)}\\"`);
    const found = await runCli(['trace', path, '--no-decode', '--filter', 'z'.repeat(40)]);
    expect(String(found.stdout)).toMatch(/^ +\+0\.001 > AT\+X="\\\{40\*z\}"\n$/);
  });
});

describe('--trace-secrets', () => {
  it('leaves secrets in the file, says so, and keeps them from the screen', async () => {
    const { to } = await startWorld();
    const path = await freshPath();
    const args = ['pub', ...to, '-t', 't', '-m', 'x', '--trace', path, '--trace-secrets', '-d'];
    const { code, stdout, stderr } = await runCli(args, { environment: LOGIN });
    expect(code).toBe(0);
    const trace = await readFile(path, 'utf8');
    expect(trace).toMatch(/^# atmqtt trace 1 .* secrets=shown\n/);
    expect(trace).toContain('"u","hunter2"');
    expect(stderr).toMatch(/will hold passwords and device secrets/);
    expect(stderr).toContain('"u","***"');
    expect(String(stdout) + stderr).not.toContain('hunter2');
  });

  it('means nothing without a file', async () => {
    const { to } = await startWorld();
    const args = ['pub', ...to, '-t', 't', '-m', 'x', '--trace-secrets', '-d'];
    const { stderr } = await runCli(args, { environment: LOGIN });
    expect(stderr).toContain('"u","***"');
    expect(stderr).not.toMatch(/hunter2|will hold/);
  });
});

describe('atmqtt sim --from-trace', () => {
  it('plays what another run has recorded', async () => {
    const { to } = await startWorld();
    const path = await freshPath();
    const publish = ['-b', 'mqtt://broker.example', '-t', 't', '-m', 'x', '-q', '1'];
    await runCli(['pub', ...to, '-t', 't', '-m', 'x', '-q', '1', '--trace', path], { environment: LOGIN });
    const sim = startCli(['sim', '--tcp', '0', '--from-trace', path, '--speed', 'max']);
    const [, url = ''] = await sim.shows('stdout', /^module (\S+) {2}plays/m);
    const again = await runCli(['pub', '-p', url, ...publish], { environment: LOGIN });
    expect(again).toMatchObject({ code: 0, stderr: '' });
    await sim.shows('stderr', /the recording has ended, everything came as expected/);
    const other = await runCli(['pub', '-p', url, ...publish, '-k', '99'], { environment: LOGIN });
    expect(other.code).toBe(0);
    await sim.shows(
      'stderr',
      /line \d+: expected AT\+LMQTTCFG="keepalive",0,120, the TE wrote AT\S+,0,99: it gets/,
    );
    sim.process.kill('SIGINT');
    expect((await sim.finished()).code).toBe(130);
  });

  it('plays one port of a station', async () => {
    const line = entry('0 > AT\\r\\n');
    const path = await traceFile(`COM3 ${line}COM4 ${line}`);
    const command = ['sim', '--tcp', '0', '--from-trace', path];
    const { code, stderr } = await runCli(command);
    expect(code).toBe(2);
    expect(stderr).toMatch(/port is none, but must be one of "COM3", "COM4"/);
    const sim = startCli([...command, '--trace-port', 'COM4', '--json']);
    await sim.shows('stdout', /"commands":1\}/);
    sim.process.kill('SIGINT');
    expect((await sim.finished()).code).toBe(130);
  });

  it('refuses what a recording leaves no room for', async () => {
    const path = await traceFile(SESSION);
    for (const args of [
      ['--count', '2'],
      ['--fault', 'echo'],
      ['--broker', 'mqtt://x'],
    ]) {
      const { code, stderr } = await runCli(['sim', '--tcp', '0', '--from-trace', path, ...args]);
      expect(code).toBe(2);
      expect(stderr).toMatch(/one module, as it was/);
    }
    expect((await runCli(['sim', '--tcp', '0', '--from-trace', '/nonexistent'])).code).toBe(2);
  });
});
