import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SimulatedModem } from '../../../../src/simulator/simulated-modem.js';
import { hasTmux, openTerminal, type Terminal } from '../../../helpers/tmux.js';
import { runCli, startCli } from '../../run-cli.js';
import { startWorld } from '../../world.js';

const BIN = fileURLToPath(new URL('../../../../bin/atmqtt.js', import.meta.url));

describe('atmqtt info --watch in a pipe', () => {
  it('prints a line a reading and a line a change, and ends at Ctrl-C', async () => {
    const { modem } = await startWorld();
    const watch = startCli(['info', '-p', modem.url, '--watch', '0.05'], { TZ: 'UTC', LANG: 'C.UTF-8' });
    await watch.shows('stdout', /^\S+Z?\+0000 {2}network registered with the home network, E-UTRAN/m);
    await watch.shows('stdout', /(?:^\S+\+0000 {2}signal good {2}RSRP -89 dBm .*\n){3}/m);
    modem.setNetwork({ registration: 3 });
    await watch.shows('stdout', /^\S+ {2}network the network refuses this SIM/m);
    watch.process.kill('SIGINT');
    const { code, stdout, stderr } = await watch.finished();
    expect({ code, stderr }).toEqual({ code: 130, stderr: '' });
    expect(String(stdout)).toMatch(/^[ -~\n]+\n$/);
  });

  it('gives JSON with a time', async () => {
    const { modem } = await startWorld();
    const watch = startCli(['info', '-p', modem.url, '--watch', '0.05', '--json']);
    await watch.shows('stdout', /"signal".*\n.*"signal".*\n/);
    watch.process.kill('SIGINT');
    const { stdout } = await watch.finished();
    const [first, second] = String(stdout)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(first).toMatchObject({ time: expect.any(String), registration: { status: 'home' } });
    expect(second).toMatchObject({ time: expect.any(String), signal: { quality: 'good', rsrp: -89 } });
  });

  it('goes on over a restart of the module, and ends with 3 when the port vanishes', async () => {
    const { modem } = await startWorld();
    const watch = startCli(['info', '-p', modem.url, '--watch', '0.05']);
    await watch.shows('stdout', /signal good/);
    modem.reboot();
    await watch.shows('stdout', /the module restarts\n/);
    await watch.shows('stdout', /the module is ready again\n(?:.*\n)*?.*signal (?!no)/);
    await modem.close();
    const { code, stderr } = await watch.finished();
    expect(code).toBe(3);
    expect(stderr).toMatch(/^atmqtt: /);
  });

  it.each(['0', '-1', 'soon'])('refuses every %s seconds', async (value) => {
    expect((await runCli(['info', '-p', 'sim:', `--watch=${value}`])).code).toBe(2);
  });
});

async function watchIn(modem: SimulatedModem, environment: Record<string, string>): Promise<Terminal> {
  // Tmux has a TERM of its own for all that it starts.
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  const command = ['env', ...variables, process.execPath, BIN, 'info', '-p', modem.url, '--watch', '0.1'];
  const terminal = await openTerminal(command, { columns: 100, rows: 30 });
  onTestFinished(() => terminal.close());
  return terminal;
}

describe.skipIf(!hasTmux)('atmqtt info --watch in a terminal', () => {
  it('draws the signal, tells changes above it, and leaves a cursor behind', async () => {
    const { modem } = await startWorld();
    const terminal = await watchIn(modem, { LC_ALL: 'C.UTF-8' });
    await terminal.shows(/^ -130.{5,}$/m);
    expect(await terminal.cursorShown()).toBe(false);
    modem.setNetwork({ registration: 5 });
    const screen = await terminal.shows(
      /^\S+ {2}network registered, roaming[\s\S]*^network registered, roaming/m,
    );
    expect(screen.match(/Ctrl-C ends/g)).toHaveLength(1);
    await terminal.resize(40, 20);
    await terminal.shows(/^RSRP from -89 to -89 dBm in \d+ values, ev$/m);
    await terminal.press('C-c');
    expect(await terminal.exitCode()).toBe(130);
    expect(await terminal.cursorShown()).toBe(true);
    expect(await terminal.screen()).toMatch(/^network registered/m);
  });

  it('prints lines with a graph of ASCII on a dumb one', async () => {
    const { modem } = await startWorld();
    const terminal = await watchIn(modem, { LC_ALL: 'C.UTF-8', TERM: 'dumb' });
    await terminal.shows(/^\S+ {2}signal good {2}RSRP -89 dBm {2}[.:#]{3,}$/m);
    expect(await terminal.cursorShown()).toBe(true);
    await terminal.press('C-c');
    expect(await terminal.exitCode()).toBe(130);
    const screen = await terminal.screen({ escapes: true });
    expect(screen).not.toContain('\x1b');
    for (const line of screen.match(/^.*signal.*$/gm) ?? []) expect(line.length).toBeLessThan(100);
  });
});
