import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { connect } from '../../../src/client/connect.js';
import type { ConnectOptions } from '../../../src/client/options.js';
import { TracePlayer, type TracePlayerOptions } from '../../../src/simulator/from-trace/trace-player.js';
import { formatTrace } from '../../../src/transport/trace.js';
import { formatTraceHeader } from '../../../src/transport/trace-format.js';

const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** The lines as a file that is gone after the test. */
export async function traceFile(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'atmqtt-'));
  closers.push(() => rm(folder, { recursive: true }));
  const file = join(folder, 'recording.trace');
  await writeFile(file, text);
  return file;
}

/** Lines `<ms> <mark> <escaped bytes>` as a trace. */
export function traceOf(...lines: readonly string[]): string {
  return lines
    .map((line) => {
      const [, ms = '0', rest = ''] = /^(\d+) (.*)$/.exec(line) ?? [];
      return `2026-11-20T11:00:00.000Z +${(Number(ms) / 1000).toFixed(3)} ${rest}\n`;
    })
    .join('');
}

export async function startPlayer(text: string, options: TracePlayerOptions = {}): Promise<TracePlayer> {
  const player = await TracePlayer.start(await traceFile(text), options);
  closers.push(() => player.close());
  return player;
}

/** What the program has seen, and the recording of it. */
export interface Run {
  readonly seen: readonly string[];
  readonly trace: string;
}

/** A program of ours: connects, subscribes, publishes in each form, receives what it has published, and ends. */
export async function runProgram(url: string, options: Partial<ConnectOptions> = {}): Promise<Run> {
  const lines = [formatTraceHeader({ version: 1, port: url, masked: true })];
  const seen: string[] = [];
  const client = await connect(url, {
    broker: 'mqtt://broker.example',
    username: 'meter',
    password: 's3cret-word',
    registrationTimeout: 0,
    reconnectPeriod: 20,
    trace: (entry) => lines.push(formatTrace(entry)),
    ...options,
  });
  client.on('close', () => seen.push('close'));
  try {
    const granted = await client.subscribe('up/#', { qos: 1 });
    seen.push(`subscribed ${JSON.stringify(granted)}`);
    for (const [topic, payload, qos] of [
      ['up/text', '21.5', 1],
      ['up/bytes', Buffer.from([0, 13, 10, 26, 34, 255]), 1],
      ['up/lines', 'a\r\nOK\r\n> b', 0],
    ] as const) {
      const arrived = new Promise<string>((resolve) => {
        client.once('message', (name, body) => resolve(`message ${name} ${body.toString('hex')}`));
      });
      await client.publish(topic, payload, { qos });
      seen.push(`published ${topic}`, await arrived);
    }
  } finally {
    await client.end();
  }
  return { seen, trace: `${lines.join('\n')}\n` };
}
