import { table } from '../../shared/table.js';
import type { Section } from '../section.js';
import { BareTe } from './bare-te.js';
import { ClientTe } from './client-te.js';
import { PacedLine } from './paced-line.js';
import { publishShares, receiveShares, type Shares } from './shares.js';
import type { Form, Te } from './te.js';

const BAUD_RATES = [9_600, 115_200, 921_600];
const SIZES = [16, 256, 1024, 8000];

/** 1460 bytes fit between quotes: lmqtt.md 5 [M]. */
const MAX_INLINE = 1460;

/** The line is busy for about so many seconds in each case, with so many messages at least, and at most. */
const SECONDS = 1.5;
const MIN_COUNT = 3;
const MAX_COUNT = 900;

/** Bytes around a payload, roughly. */
const FRAME = 40;

/** Messages that are not counted, over a line that takes no time: the compiler of Node has come to its end by then. */
const WARM_UP = 3_000;
const NO_TIME = 1e9;

/** And over each line, so that all is in its place. */
const FIRST = 20;

interface Place {
  readonly baudRate: number;
  readonly bytes: number;
  readonly way: Form | 'receive';
}

interface Case extends Place, Partial<Shares> {
  /** Of the bare loop. */
  readonly bare?: Shares;
}

export async function wireSection(): Promise<Section> {
  await warmUp();
  const cases: Case[] = [];
  for (const baudRate of BAUD_RATES) cases.push(...(await atBaudRate(baudRate)));
  const goal = cases.filter(({ baudRate, bytes }) => baudRate === 115_200 && bytes >= 256);
  const worst = (values: readonly (number | undefined)[]) => Math.min(...values.map((value) => value ?? 1));
  return {
    ratios: {
      'line rate at 115200, worst': worst(goal.map(({ line }) => line)),
      'line rate at 115200, less module, worst': worst(goal.map(({ lessModule }) => lessModule)),
      'line rate / bare loop, worst': worst(goal.map(({ line, bare }) => (line ?? 1) / (bare?.line ?? 1))),
    },
    data: { wire: cases },
    lines: [
      'Share of the line rate: all that the line carries, less the time of the module, by a bare loop; payload;',
      'and how long the line waited for us, and for the bare loop, for each message',
      ...table(
        ['way', 'baud', 'bytes', 'line', 'less', 'bare', 'payload', 'waited', 'bare'],
        cases.map(cells),
      ),
    ],
  };
}

/** A gateway runs for months. */
async function warmUp(): Promise<void> {
  const line = await PacedLine.open(NO_TIME);
  for (const TE of [BareTe, ClientTe]) {
    const te = await TE.open(line.url);
    for (const form of ['inline', 'data'] as const) await te.publish(form, 256, WARM_UP);
    await te.close();
  }
  line.close();
}

async function atBaudRate(baudRate: number): Promise<Case[]> {
  const line = await PacedLine.open(baudRate);
  const bare = await BareTe.open(line.url);
  const yardstick = await publishes(bare, line, baudRate);
  await bare.close();
  const client = await ClientTe.open(line.url);
  const ours = await publishes(client, line, baudRate);
  const cases: Case[] = ours.map((one, index) => {
    const bare = yardstick[index]?.shares;
    return { ...one.at, ...one.shares, ...(bare && { bare }) };
  });
  for (const bytes of SIZES) {
    const shares = await receiveShares(client, line, baudRate, { bytes, count: countOf(baudRate, bytes) });
    cases.push({ baudRate, bytes, way: 'receive', ...shares });
  }
  await client.close();
  line.close();
  return cases;
}

async function publishes(
  te: Te,
  line: PacedLine,
  baudRate: number,
): Promise<{ readonly at: Place; readonly shares: Shares }[]> {
  const cases = [];
  for (const form of ['inline', 'data'] as const) {
    await te.publish(form, 1, FIRST);
    for (const bytes of SIZES) {
      if (form === 'inline' && bytes > MAX_INLINE) continue;
      const shares = await publishShares(te, line, baudRate, {
        ...{ form, bytes, count: countOf(baudRate, bytes) },
      });
      cases.push({ at: { baudRate, bytes, way: form }, shares });
    }
  }
  return cases;
}

function countOf(baudRate: number, bytes: number): number {
  const busy = Math.round((SECONDS * baudRate) / 10 / (bytes + FRAME));
  return Math.min(MAX_COUNT, Math.max(MIN_COUNT, busy));
}

function cells({ baudRate, bytes, way, line, lessModule, bare, payload, te }: Case): string[] {
  const share = (value: number | undefined) => value?.toFixed(3) ?? '';
  const waited = (us: number | undefined) => (us === undefined ? '' : `${us.toFixed(0)} µs`);
  return [
    ...[way, String(baudRate), String(bytes)],
    ...[share(line), share(lessModule), share(bare?.line), share(payload)],
    ...[waited(te), waited(bare?.te)],
  ];
}
