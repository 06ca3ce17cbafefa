import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { type Followed, followStation } from '../../../../src/cli/provision/run/follow.js';
import { Tally } from '../../../../src/cli/provision/run/tally.js';
import type { RunView } from '../../../../src/cli/provision/run/view.js';
import type { StationEvents, StationTotals } from '../../../../src/provisioning/station/station-types.js';
import { deferred } from '../../../../src/util/deferred.js';
import { NO_TOTALS, NOON, result, status, WRONG_SIM } from './scenes.js';

/** A station that does what the test says. */
class ScriptedStation extends EventEmitter<StationEvents> implements Followed {
  readonly statuses = [];
  readonly totals = NO_TOTALS;
  readonly ended = deferred<StationTotals>();

  run(): Promise<StationTotals> {
    return this.ended.promise;
  }
}

/** Writes down what it is told. */
class Witness implements RunView {
  readonly told: string[] = [];

  changed(): void {
    this.told.push('changed');
  }

  result({ outcome }: { outcome: string }): void {
    this.told.push(outcome);
  }

  note(sentence: string): void {
    this.told.push(sentence);
  }

  stopping(): void {
    this.told.push('stopping');
  }

  async end({ passed, failed }: StationTotals): Promise<void> {
    this.told.push(`end ${passed} ${failed}`);
  }

  close(): void {
    this.told.push('close');
  }
}

function follow(signal: AbortSignal = new AbortController().signal) {
  const [station, view, tally] = [new ScriptedStation(), new Witness(), new Tally(NOON)];
  return { station, tally, told: view.told, exitCode: followStation(station, view, tally, signal) };
}

describe('a run that is followed', () => {
  it('is shown to its end, and counts', async () => {
    const { station, tally, told, exitCode } = follow();
    station.emit('note', 'took over');
    station.emit('status', status('p'));
    station.emit('result', result('p'));
    station.ended.resolve({ ...NO_TOTALS, passed: 1 });
    expect(await exitCode).toBe(0);
    expect(told).toEqual(['took over', 'changed', 'passed', 'end 1 0', 'close']);
    expect(tally.recent.map((recent) => ('note' in recent ? recent.note : recent.result.outcome))).toEqual([
      'took over',
      'passed',
    ]);
  });

  it('fails if a unit failed, whatever else passed', async () => {
    const { station, tally, exitCode } = follow();
    station.emit('result', result('p', WRONG_SIM));
    station.ended.resolve({ ...NO_TOTALS, passed: 9, failed: 1 });
    expect(await exitCode).toBe(1);
    expect(tally.reasons).toEqual([['WRONG_SIM', 1]]);
  });

  it('says that it is ending when it is asked to', async () => {
    const controller = new AbortController();
    const { station, told, exitCode } = follow(controller.signal);
    controller.abort();
    expect(told).toEqual(['stopping']);
    station.ended.resolve(NO_TOTALS);
    await exitCode;
    expect(told).toEqual(['stopping', 'end 0 0', 'close']);
  });

  it('leaves the terminal in order when the station cannot go on', async () => {
    const { station, told, exitCode } = follow();
    station.ended.reject(new Error('the ledger is gone'));
    await expect(exitCode).rejects.toThrow('the ledger is gone');
    expect(told).toEqual(['close']);
  });
});
