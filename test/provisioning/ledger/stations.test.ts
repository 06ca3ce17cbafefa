import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, expect, it } from 'vitest';
import { seededRandom } from '../../../src/util/random.js';
import { compiled } from '../../helpers/compiled.js';
import { enlist, imeiOf, newLedger } from './ledger-fixture.js';
import { rawRows } from './raw.js';

const STATION = compiled(new URL('./ledger-station.ts', import.meta.url));

afterAll(() => STATION.remove());

const SEED = Number(process.env.LEDGER_SEED ?? Date.now() % 1_000_000);
const KILLS = Number(process.env.LEDGER_KILLS ?? 6);
const MODULES = Number(process.env.LEDGER_MODULES ?? 60);

const LIMIT = 60_000 + KILLS * 5_000;

/** Runs a station; with `lines` it is killed `lag` ms after it has told so many reservations. */
async function runStation(
  path: string,
  name: string,
  seed: number,
  told: string[],
  lines = Infinity,
  lag = 0,
) {
  const child = spawn(process.execPath, [STATION.file, path, name, String(MODULES), String(seed)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const errors: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  let count = 0;
  createInterface(child.stdout).on('line', (line) => {
    told.push(line);
    count += 1;
    // Somewhere behind the line, and not only at the moment in which one is printed.
    if (count === lines) setTimeout(() => child.kill('SIGKILL'), lag);
  });
  const [code, signal] = await once(child, 'close');
  return { code, signal, errors: Buffer.concat(errors).toString() };
}

it(
  `Stations at work at once, killed at any moment, give each triple to one module (LEDGER_SEED=${SEED}).`,
  async () => {
    const random = seededRandom(SEED);
    const ledger = await newLedger(MODULES);
    const { path } = ledger;
    const told: string[] = [];
    let killed = 0;
    const line = async (name: string, kills: number) => {
      for (let round = 0; round < kills; round += 1) {
        const lines = 1 + Math.floor((random() * MODULES) / kills);
        const end = await runStation(path, name, random() * 2 ** 31, told, lines, random() * 20);
        expect(end.errors).toBe('');
        if (end.signal === 'SIGKILL') killed += 1;
      }
      expect(await runStation(path, name, random() * 2 ** 31, told)).toEqual({
        code: 0,
        signal: null,
        errors: '',
      });
    };
    await Promise.all([line('line-1', Math.ceil(KILLS / 2)), line('line-2', Math.floor(KILLS / 2))]);
    // Attempts that were left behind at the very end are for the next station.
    const left = enlist(ledger).takenOver.length;
    expect({ killed: killed > 0, left }).toEqual({ killed: true, left: 0 });

    expect(ledger.counts()).toMatchObject({ new: 0, verified: MODULES });
    // What was told at the moment of the reservation, also by those who did not live to see the end of it.
    const given = new Map(ledger.triples().map(({ imei, deviceName }) => [imei, deviceName]));
    for (const line of told) expect(line).toBe(`${line.split(' ')[0]} ${given.get(line.split(' ')[0])}`);
    expect([...given.keys()].sort()).toEqual(
      Array.from({ length: MODULES }, (_none, index) => imeiOf(index + 1)),
    );
    expect(ledger.openAttempts()).toEqual([]);
    const interrupted = ledger.attempts().filter(({ outcome }) => outcome === 'interrupted');
    expect(interrupted.length).toBeGreaterThan(0);
    expectTrueBooks(path);
  },
  LIMIT,
);

/** Judged by SQL of the test's own. */
function expectTrueBooks(path: string): void {
  const nothing = (sql: string) => expect(rawRows(path, sql)).toEqual([]);
  nothing('SELECT imei FROM triple WHERE imei IS NOT NULL GROUP BY imei HAVING count(*) > 1');
  nothing(
    'SELECT imei FROM attempt WHERE triple_id IS NOT NULL GROUP BY imei HAVING count(DISTINCT triple_id) > 1',
  );
  nothing(
    'SELECT triple_id FROM attempt WHERE triple_id IS NOT NULL GROUP BY triple_id HAVING count(DISTINCT imei) > 1',
  );
  // An intent alone belongs to an attempt that was interrupted.
  nothing(`SELECT j.id FROM journal j JOIN attempt a ON a.id = j.attempt_id LEFT JOIN journal o ON o.intent_id = j.id
    WHERE j.what = 'intent' AND o.id IS NULL AND a.outcome <> 'interrupted'`);
  nothing(`SELECT a.id FROM attempt a WHERE a.outcome = 'passed' AND NOT EXISTS (SELECT 1 FROM journal j
    WHERE j.attempt_id = a.id AND j.event = 'prove' AND j.what = 'done')`);
  nothing('PRAGMA foreign_key_check');
  expect(rawRows(path, 'PRAGMA integrity_check')).toMatchObject([{ integrity_check: 'ok' }]);
}
