import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { hasTmux, openTerminal, type Terminal, type TerminalOptions } from '../../../helpers/tmux.js';
import { afterwards, SECRET_MARK, startFactory } from './factory.js';

const BIN = fileURLToPath(new URL('../../../../bin/atmqtt.js', import.meta.url));

async function stationIn(
  command: readonly string[],
  options: Partial<TerminalOptions> = {},
): Promise<Terminal> {
  const terminal = await openTerminal([process.execPath, BIN, ...command], {
    columns: 100,
    rows: 40,
    ...options,
  });
  afterwards(() => terminal.close());
  return terminal;
}

describe.skipIf(!hasTmux)('a station in a terminal', () => {
  it('shows a board with a sign for each result, and leaves plain totals and a cursor behind', async () => {
    const { command } = await startFactory([{}, {}], 1);
    const terminal = await stationIn(command);
    const screen = await terminal.shows(/P A S S.*F A I L|F A I L.*P A S S/s);
    expect(screen).toContain('atmqtt provision   station line-1   operator ada   ledger factory.db');
    expect(screen).toMatch(
      /\+-{15}\+ {2}tcp:\S+ {2}0:\d\d\n\| {4}P A S S {4}\| {2}IMEI \d{15} {2}device name meter-0001\n/,
    );
    expect(screen).toMatch(/POOL_EMPTY: /);
    expect(screen).toMatch(/> Import the next file of triples/);
    const settled = await terminal.shows(/passed 1 {4}failed 1 .* 0 triples left.*\n(.+\n){2}Ctrl-C: /);
    expect(settled).toMatch(/Ctrl-C: no new modules, units under way end as INTERRUPTED/);
    expect(settled).not.toContain(SECRET_MARK);
    expect(await terminal.cursorShown()).toBe(false);
    await terminal.press('C-c');
    expect(await terminal.exitCode()).toBe(130);
    const end = await terminal.screen();
    expect(end).toMatch(/^1 passed, 1 failed \(1 POOL_EMPTY\), 0 already done, 0 triples left, 0:\d\d$/m);
    expect(end).not.toContain('P A S S');
    expect(end).toMatch(/^\d{4}-\S+ {2}tcp:\S+ {2}\d{15} {2}meter-0001 {2}PASS {2}\d+\.\d s$/m);
    expect(end).toMatch(/^\d{4}-\S+ {2}tcp:\S+ {2}\d{15} {2}- {2}FAIL {2}\d+\.\d s {2}POOL_EMPTY: /m);
    expect(await terminal.cursorShown()).toBe(true);
  });

  it('is not scribbled on by what a scanner types, nor by Ctrl-Z', async () => {
    const { command } = await startFactory([{}], 1);
    const terminal = await stationIn(command);
    const before = await terminal.shows(/P A S S[\s\S]*Ctrl-C: /);
    for (const key of ['8', '6', '1', 'Enter', 'Up', 'C-z', '7', 'Enter']) await terminal.press(key);
    const clock = /P A S S.*(\d+:\d\d)$/m.exec(before)?.[1];
    // Drawn anew since then.
    const after = await terminal.shows(
      new RegExp(`^(?![\\s\\S]*P A S S[^\\n]*${clock}$)[\\s\\S]*Ctrl-C: `, 'm'),
    );
    const still = (screen: string) =>
      screen.replaceAll(/\d+:\d\d/g, '').replaceAll(/passed an hour \d+/g, '');
    expect(still(after)).toBe(still(before));
    await terminal.press('C-c');
    expect(await terminal.exitCode()).toBe(130);
  });

  it('paints PASS green, and nothing at all with NO_COLOR', async () => {
    const { command } = await startFactory([{}]);
    const looks = async (environment: Record<string, string>) => {
      const terminal = await stationIn(command, { environment });
      await terminal.shows(/P A S S|A L R E A D Y/);
      const screen = await terminal.screen({ escapes: true });
      await terminal.press('C-c');
      await terminal.exitCode();
      return screen;
    };
    // 42: green background, ECMA-48 8.3.117.
    expect(await looks({})).toMatch(/\x1b\[[\d;]*42m[^\x1b]*P A S S/);
    expect(await looks({ NO_COLOR: '1' })).not.toContain('\x1b');
  });

  it('follows the size of the window', async () => {
    const { command } = await startFactory([{}, {}, {}], 3);
    const terminal = await stationIn(command);
    await terminal.shows(/P A S S.*P A S S.*P A S S/s);
    await terminal.resize(60, 12);
    const screen = await terminal.shows(/^and 3 ports more: 3 done|^port .*\n.* {2}PASS {2}/m);
    expect(screen).not.toContain('P A S S');
    expect(screen.match(/atmqtt provision/g)).toHaveLength(1);
    await terminal.press('C-c');
    expect(await terminal.exitCode()).toBe(130);
  });

  it('ends at once at the second Ctrl-C, with a cursor', async () => {
    const { command, modems } = await startFactory([{}]);
    const silent = new Promise<void>((resolve) => {
      modems[0]?.on('command', (line) => {
        if (!line.includes('LMQTTOPEN')) return;
        modems[0]?.faults.on('silent');
        resolve();
      });
    });
    const terminal = await stationIn(command);
    await terminal.shows(/^ *connecting/m);
    await silent;
    await terminal.press('C-c');
    await terminal.shows(/ending: no new modules/);
    await terminal.press('C-c');
    expect(await terminal.exitCode()).toBe(130);
    expect(await terminal.cursorShown()).toBe(true);
  });

  it('prints plain lines on a terminal without a cursor to move', async () => {
    const { command } = await startFactory([{}]);
    const dumb = ['env', 'TERM=dumb', process.execPath, BIN, ...command, '--once'];
    const terminal = await openTerminal(dumb, { columns: 200, rows: 24 });
    afterwards(() => terminal.close());
    expect(await terminal.exitCode()).toBe(0);
    const screen = await terminal.screen();
    expect(screen).toMatch(/^\d{4}-\S+ {2}tcp:\S+ {2}\d{15} {2}meter-0001 {2}PASS {2}\d+\.\d s$/m);
    expect(screen).toContain('atmqtt: 1 passed, 0 failed');
  });
});
