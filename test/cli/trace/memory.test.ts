import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { expect, it } from 'vitest';
import { startCli } from '../run-cli.js';
import { entry, freshPath } from './recording.js';

/** Bytes of the recording. */
const SIZE = 100_000_000;

const HEAP = 32;

/** MB. What lies here waits to be collected; how much that may be by default differs from one Node.js to the next. */
const YOUNG = 4;

/** Prints the highest resident set of the process, in kB, when it ends. */
const MEASURE = `process.on('exit', () => process._rawDebug('maxRSS ' + process.resourceUsage().maxRSS))`;
const ENVIRONMENT = {
  NODE_OPTIONS: `--max-old-space-size=${HEAP} --max-semi-space-size=${YOUNG} --import=data:text/javascript,${encodeURIComponent(MEASURE)}`,
};

/** A recording of publishes, each with an id and a time of its own; gives its commands. */
async function writeRecording(path: string, size: number): Promise<number> {
  const file = createWriteStream(path);
  const payload = 'x'.repeat(3000);
  let commands = 0;
  for (let written = 0; written < size; commands += 1) {
    const [id, ms] = [(commands % 65_535) + 1, commands * 10];
    const text =
      entry(`${ms} > AT+LMQTTPUB=0,${id},1,0,"up/${id}",3000,"${payload}"\\r\\n`) +
      entry(`${ms + 1} < \\r\\nOK\\r\\n`) +
      entry(`${ms + 2} < \\r\\n+LMQTTPUB: 0,${id},0\\r\\n`) +
      entry(`${ms + 3} < \\r\\n+LMQTTURC: RECV,0,${id},"down/${id}",3000,${payload}\\r\\n`);
    written += text.length;
    if (!file.write(text)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
  return commands;
}

/** The highest resident set in MB, and what came on stdout. */
async function measured(
  ...args: readonly string[]
): Promise<{ readonly rss: number; readonly stdout: string }> {
  const { code, stdout, stderr } = await startCli(args, ENVIRONMENT).finished();
  expect(code).toBe(0);
  return { rss: Number(/maxRSS (\d+)/.exec(stderr)?.[1]) / 1024, stdout: stdout.toString() };
}

it('needs no more memory for 100 MB than for one, in a heap of 32 MB', { timeout: 240_000 }, async () => {
  const [small, large] = [await freshPath(), await freshPath()];
  await writeRecording(small, SIZE / 100);
  const commands = await writeRecording(large, SIZE);
  const few = await measured('replay', small, '--summary', '--json');
  const many = await measured('replay', large, '--summary', '--json');
  expect(JSON.parse(many.stdout)).toMatchObject({
    commands,
    errors: {},
    urcs: { '+LMQTTURC': commands, '+LMQTTPUB': commands },
  });
  console.info(`1 MB: ${few.rss.toFixed(0)} MB; 100 MB: ${many.rss.toFixed(0)} MB`);
  // The young generation and the buffers that wait to be collected; the file itself would be 100.
  expect(many.rss - few.rss).toBeLessThan(48);
});
