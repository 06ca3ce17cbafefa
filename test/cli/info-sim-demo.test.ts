import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli, startCli } from './run-cli.js';
import { startWorld } from './world.js';

const hasSocat = (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, 'socat')));

describe('atmqtt info', () => {
  it('shows what the module tells, and why the rest is unknown', async () => {
    const { modem } = await startWorld({ network: { sim: 'absent' } });
    const { code, stdout, stderr } = await runCli(['info', '-p', modem.url]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = String(stdout).split('\n');
    expect(lines).toContain('manufacturer  Lierda');
    expect(lines).toContain('IMEI          861326070275653');
    expect(lines.find((line) => line.startsWith('IMSI '))).toMatch(
      /^IMSI {10}unknown: .*\(SIM not inserted\)$/,
    );
    expect(lines.find((line) => line.startsWith('SIM '))).toMatch(/^SIM {11}no SIM: .* \(\+CME ERROR: 10\)$/);
  });

  it('gives one JSON object', async () => {
    const { modem } = await startWorld();
    const { code, stdout } = await runCli(['info', '-p', modem.url, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(String(stdout))).toMatchObject({
      port: modem.url,
      imei: '861326070275653',
      sim: { state: 'ready', raw: 'READY' },
      registration: { status: 'home', registered: true },
    });
  });
});

describe('atmqtt sim', () => {
  it('prints where its modules listen, serves them, and ends in order', async () => {
    const sim = startCli(['sim', '--tcp', '127.0.0.1:0', '--count', '2', '--module', 'nt35e', '-d']);
    const [, url = ''] = await sim.shows('stdout', /module .*\nmodule (\S+) .*\n/);
    const info = JSON.parse(String((await runCli(['info', '-p', url, '--json'])).stdout));
    expect(info).toMatchObject({ model: 'NT35E', imei: '861326070275661' });
    const pub = await runCli([
      'pub',
      '-p',
      url,
      '-b',
      'h',
      '-t',
      't',
      '-m',
      'x',
      '-q',
      '1',
      '-u',
      'u',
      '-P',
      'hunter2',
    ]);
    expect(pub.code).toBe(0);
    sim.process.kill('SIGINT');
    const { code, stdout, stderr } = await sim.finished();
    expect(code).toBe(130);
    expect(String(stdout)).toMatch(
      /^broker mqtt:\/\/127\.0\.0\.1:\d+\nmodule tcp:\/\/127\.0\.0\.1:\d+ {2}seed \d+\n/,
    );
    expect(stderr).toContain(`${url} AT+LMQTTPUB=0,1,1,0,"t",1,"x"\n`);
    expect(stderr).not.toContain('hunter2');
  });

  it('says that another program has its port, and what to do', async () => {
    const { modem } = await startWorld();
    const address = modem.url.replace('tcp://', '');
    const { code, stderr } = await runCli(['sim', '--tcp', address]);
    expect(code).toBe(3);
    expect(stderr).toBe(
      `atmqtt: ${modem.url}: another program listens there already: choose another port, or 0 for a free one\n`,
    );
  });

  it('gives its modules the IMEI that was asked for, and those after it', async () => {
    const sim = startCli(['sim', '--tcp', '127.0.0.1:0', '--count', '2', '--imei', '490154203237518']);
    const [, url = ''] = await sim.shows('stdout', /module .*\nmodule (\S+) .*\n/);
    const info = JSON.parse(String((await runCli(['info', '-p', url, '--json'])).stdout));
    expect(info).toMatchObject({ imei: '490154203237526' });
    sim.process.kill('SIGINT');
    await sim.finished();
  });

  it.skipIf(!hasSocat)('serves a pseudo-terminal', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'atmqtt-'));
    const path = join(folder, 'modem');
    const sim = startCli(['sim', '--pty', path, '--seed', '7', '--json']);
    await sim.shows('stdout', /"module"/);
    const { code, stdout } = await runCli(['info', '-p', path, '--json']);
    sim.process.kill('SIGINT');
    const finished = await sim.finished();
    await rm(folder, { recursive: true });
    expect({ code, imei: JSON.parse(String(stdout)).imei }).toEqual({ code: 0, imei: '861326070275653' });
    const [, module = ''] = String(finished.stdout).split('\n');
    expect(JSON.parse(module)).toEqual({ module: path, seed: 7 });
  });

  it('lists the faults', async () => {
    const { code, stdout } = await runCli(['sim', '--fault', 'list']);
    expect(code).toBe(0);
    expect(String(stdout)).toMatch(/^split\[=<bytes>\] +output comes in pieces/m);
  });

  it('refuses a fault that it does not know', async () => {
    const { code, stderr } = await runCli(['sim', '--tcp', '127.0.0.1:0', '--fault', 'gremlins']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^atmqtt: fault is "gremlins", but must be one of echo,/);
  });
});

describe('atmqtt demo', () => {
  it('goes the whole way and ends by itself, without colours in a pipe', async () => {
    const { code, stdout, stderr } = await runCli(['demo']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const text = String(stdout);
    expect(text).toContain('TE → TA  AT+LMQTTOPEN=0,"broker.example",1883\n');
    expect(text).toContain('TE ← TA  +LMQTTCONN: 0,0,0\n');
    expect(text).toContain('demo/down: 13 bytes received, byte for byte');
    expect(text).toMatch(
      /CONNECT\.\n {2}TE → TA {2}\(ESC and CR, in case the module waits for a payload\)\n {2}TE → TA {2}AT\n {2}TE ← TA {2}\(their echo\)\n {2}TE ← TA {2}AT\n/,
    );
    expect(text.trimEnd().split('\n').at(-1)).toBe(
      'Done: every message arrived, in both directions, byte for byte.',
    );
    expect(text).not.toContain('\x1b');
  });

  it('colours when it is told to', async () => {
    const { stdout } = await runCli(['demo'], { environment: { FORCE_COLOR: '1' } });
    expect(String(stdout)).toContain('\x1b[36mTE → TA  AT\x1b[39m');
  });

  it('gives JSON lines with --json', async () => {
    const { code, stdout } = await runCli(['demo', '--json']);
    const records = String(stdout)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(code).toBe(0);
    expect(records).toContainEqual({ from: 'TE', text: 'AT+LMQTTCONN=0,"meter-7"' });
    expect(records).toContainEqual({ from: 'TA', text: '+LMQTTCONN: 0,0,0' });
  });
});
