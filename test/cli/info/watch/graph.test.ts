import { describe, expect, it } from 'vitest';
import { ASCII, BLOCKS, graphRows, rampFor, screenLines } from '../../../../src/cli/info/watch/graph.js';
import { History } from '../../../../src/cli/info/watch/reading.js';
import type { Signal } from '../../../../src/modem/signal.js';

function signalOf(rsrp: number | undefined, rssi?: number): Signal {
  return { rsrp, rssi, rsrq: undefined, quality: 'good' };
}

function historyOf(signals: readonly (Signal | undefined)[]): History {
  const history = new History();
  for (const [at, signal] of signals.entries()) history.add({ at, signal });
  return history;
}

describe('a graph', () => {
  it('fills its rows from below, in steps of an eighth', () => {
    const scale = { rows: 2, bottom: 0, top: 16 };
    expect(graphRows([0, 1, 8, 9, 15, 16], scale, BLOCKS)).toEqual(['   ▁▇█', '▁▁████']);
  });

  it('shows what is beyond its scale at its edge, and a gap as a gap', () => {
    const scale = { rows: 2, bottom: 0, top: 6 };
    expect(graphRows([-5, undefined, 99, 3], scale, ASCII)).toEqual(['  # ', '. ##']);
  });

  it.each([
    [{ LANG: 'de_DE.UTF-8', TERM: 'xterm' }, BLOCKS],
    [{ LANG: 'C', LC_ALL: 'C.utf8' }, BLOCKS],
    [{ LANG: 'C.UTF-8', LC_ALL: 'C' }, ASCII],
    [{ LANG: 'C.UTF-8', TERM: 'dumb' }, ASCII],
    [{ LANG: 'C.UTF-8', TERM: 'linux' }, ASCII],
    [{}, ASCII],
    [{ WT_SESSION: 'id' }, BLOCKS],
  ])('is made of what the terminal can show: %o', (environment, ramp) => {
    expect(rampFor(environment)).toBe(ramp);
  });
});

describe('the history', () => {
  it('is that of the last 60 readings', () => {
    const history = historyOf(Array.from({ length: 70 }, (_, index) => signalOf(-index)));
    expect(history.values).toHaveLength(60);
    expect(history.values.at(0)).toBe(-10);
    expect(history.values.at(-1)).toBe(-69);
  });

  it('is one of RSRP as soon as the module has told it, else of RSSI', () => {
    const only = historyOf([signalOf(undefined, -60), undefined]);
    expect([only.measure.name, only.values]).toEqual(['RSSI', [-60, undefined]]);
    const both = historyOf([signalOf(undefined, -60), signalOf(-90, -60)]);
    expect([both.measure.name, both.values]).toEqual(['RSRP', [undefined, -90]]);
  });
});

describe('the picture', () => {
  const registration = { status: 'roaming', registered: true, tac: 0x1a2b } as const;

  it('has the values, the graph with its scale, the range, and the network', () => {
    const history = historyOf([signalOf(-130), signalOf(-100), undefined, signalOf(-70)]);
    expect(screenLines({ history, registration, interval: 2000 }, 80, BLOCKS)).toEqual([
      'signal good  RSRP -70 dBm',
      '  -70▕   █',
      '     ▕   █',
      '     ▕ ▄ █',
      '     ▕ █ █',
      ' -130▕▁█ █',
      'RSRP from -130 to -70 dBm in 4 values, every 2 s; Ctrl-C ends',
      'network registered, roaming, tracking area 1A2B',
    ]);
  });

  it('keeps to ASCII and to the width of the terminal, with the newest values', () => {
    const history = historyOf(Array.from({ length: 60 }, (_, index) => signalOf(index === 59 ? -70 : -130)));
    const lines = screenLines({ history, registration: undefined, interval: 500 }, 20, ASCII);
    for (const line of lines) {
      expect(line.length).toBeLessThanOrEqual(20);
      expect(line).toMatch(/^[ -~]*$/);
    }
    expect(lines[1]).toBe('  -70|             #');
    expect(lines[5]).toBe(' -130|.............#');
  });

  it('says that there is nothing yet', () => {
    const lines = screenLines({ history: new History(), registration: undefined, interval: 500 }, 80, ASCII);
    expect(lines[0]).toBe('reading the signal');
    expect(lines[6]).toBe('RSSI: no value yet, every 0.5 s; Ctrl-C ends');
    expect(lines[7]).toBe('network unknown');
  });
});
