import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';

const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

/** A path in a folder that is gone after the test. */
export async function freshPath(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'atmqtt-'));
  folders.push(folder);
  return join(folder, 'recording.trace');
}

export async function traceFile(text: string | Buffer): Promise<string> {
  const path = await freshPath();
  await writeFile(path, text);
  return path;
}

/** `<ms> <mark> <escaped bytes>` as a line of a trace that began at 11:00. */
export function entry(text: string): string {
  const [, ms = '0', rest = ''] = /^(\d+) (.*)$/.exec(text) ?? [];
  const at = new Date(Date.UTC(2026, 10, 20, 11) + Number(ms)).toISOString();
  return `${at} +${(Number(ms) / 1000).toFixed(3)} ${rest}\n`;
}

/** A short session in which everything occurs. */
export const SESSION = [
  '# atmqtt trace 1 start=2026-11-20T11:00:00.000Z program=0.1.0 port=COM3 secrets=masked\n',
  entry('0 > AT+CSQ\\r\\n'),
  entry('12 < \\r\\n+CSQ: 27,99\\r\\n'),
  entry('13 < \\r\\nOK\\r\\n'),
  '# the antenna was moved\n',
  entry('2000 < \\r\\n+CEREG: 5\\r\\n'),
  entry('3000 > AT+LMQTTPUB=0,9,1,0,"t/x",3\\r\\n'),
  entry('3010 < \\r\\n> '),
  entry('3011 > a\\r\\n'),
  entry('3030 < \\r\\nOK\\r\\n'),
  entry('3500 < \\r\\n+LMQTTPUB: 0,9,0\\r\\n'),
  entry('4000 > AT+CPIN?\\r\\n'),
  entry('4040 < \\r\\n+CME ERROR: 10\\r\\n'),
  entry('5000 > AT+LMQTTCONN=0,"id","user","***"\\r\\n'),
  entry('9000 < \\r\\n+LMQTTURC: STATS,0,1\\r\\n'),
  entry('9100 > AT\\r\\n'),
].join('');
