import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { compiled } from '../../../helpers/compiled.js';
import { untilSaid } from '../../../helpers/processes.js';
import { hasRabbitmq } from '../../../helpers/rabbitmq.js';

const hasBoth = hasRabbitmq && existsSync('/usr/sbin/ejabberdctl');

if (!hasBoth) console.warn('SKIPPED: the test of an interrupted run needs rabbitmq-server and ejabberd');

/** ms for brokers to start on a busy machine. */
const LIMIT = 120_000;

/** The processes whose environment names this folder. */
function processesOf(folder: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, 'utf8').includes(folder);
    } catch {
      // Gone by now, or someone else's.
      return false;
    }
  });
}

it.skipIf(!hasBoth)(
  'leaves neither a process nor a file behind when it is interrupted',
  async () => {
    const program = compiled(new URL('interrupted-run.ts', import.meta.url));
    onTestFinished(program.remove);
    const folder = mkdtempSync(join(tmpdir(), 'atmqtt-interrupted-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const run = spawn(process.execPath, [program.file], { env: { ...process.env, TMPDIR: folder } });
    const ended = once(run, 'exit');
    await untilSaid(run, 'ejabberd is up', LIMIT);
    expect(readdirSync(folder)).toHaveLength(2);
    // The run itself, ejabberd, RabbitMQ or its script, and the name server.
    await expect.poll(() => processesOf(folder).length, { timeout: LIMIT }).toBeGreaterThanOrEqual(4);
    run.kill('SIGINT');
    expect(await ended).toEqual([130, null]);
    await expect.poll(() => processesOf(folder), { timeout: 10_000 }).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  },
  2 * LIMIT,
);
