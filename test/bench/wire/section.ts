import type { Section } from '../section.js';
import { type Shares, Wire } from './wire.js';

const BAUD_RATES = [9_600, 115_200, 921_600];
const SIZES = [16, 256, 1024, 8000];

/** 1460 bytes fit between quotes: dialect section 5 [M]. */
const MAX_INLINE = 1460;

/** The line is busy for about so many seconds in each case, with so many messages at least, and at most. */
const SECONDS = 1.5;
const MIN_COUNT = 3;
const MAX_COUNT = 900;

/** Bytes around a payload, roughly. */
const FRAME = 40;

interface Case extends Shares {
  readonly baudRate: number;
  readonly way: 'inline' | 'data' | 'receive';
  readonly bytes: number;
}

export async function wireSection(): Promise<Section> {
  const cases: Case[] = [];
  for (const baudRate of BAUD_RATES) cases.push(...(await atBaudRate(baudRate)));
  const goal = cases.filter(({ baudRate, bytes }) => baudRate === 115_200 && bytes >= 256);
  return {
    ratios: { 'line rate, worst at 115200': Math.min(...goal.map(({ line }) => line)) },
    data: { wire: cases },
    lines: [
      'Share of the line rate: all that the line carries, and payload',
      `${'baud'.padStart(7)} ${'bytes'.padStart(6)}   publish inline      data mode        receive`,
      ...BAUD_RATES.flatMap((baudRate) => SIZES.map((bytes) => row(baudRate, bytes, cases))),
    ],
  };
}

async function atBaudRate(baudRate: number): Promise<Case[]> {
  const wire = await Wire.open(baudRate);
  const cases: Case[] = [];
  for (const bytes of SIZES) {
    const busy = Math.round((SECONDS * baudRate) / 10 / (bytes + FRAME));
    const count = Math.min(MAX_COUNT, Math.max(MIN_COUNT, busy));
    if (bytes <= MAX_INLINE) {
      cases.push({ baudRate, bytes, way: 'inline', ...(await wire.publish('inline', bytes, count)) });
    }
    cases.push({ baudRate, bytes, way: 'data', ...(await wire.publish('data', bytes, count)) });
    cases.push({ baudRate, bytes, way: 'receive', ...(await wire.receive(bytes, count)) });
  }
  await wire.close();
  return cases;
}

function row(baudRate: number, bytes: number, cases: readonly Case[]): string {
  const cells = (['inline', 'data', 'receive'] as const).map((way) => {
    const found = cases.find((one) => one.baudRate === baudRate && one.bytes === bytes && one.way === way);
    return found === undefined ? '-' : `${found.line.toFixed(3)}  ${found.payload.toFixed(3)}`;
  });
  return `${String(baudRate).padStart(7)} ${String(bytes).padStart(6)} ${cells.map((cell) => cell.padStart(16)).join('')}`;
}
