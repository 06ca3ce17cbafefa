import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inTools } from '../../shared/project.js';
import { NotRun } from '../not-run.js';
import type { Summary } from '../statistics.js';
import { COUNT } from './ours.js';
import { startResponder } from './responder.js';
import { toldBy } from './told.js';

/** What the machine and the responder allow: compiled here, with the C compiler of the system. */
export async function cEngine(): Promise<Summary> {
  const folder = await mkdtemp(join(tmpdir(), 'atmqtt-bench-'));
  const program = join(folder, 'engine');
  try {
    await promisify(execFile)('cc', ['-O2', '-o', program, inTools('bench/round-trip/engine.c')]);
    const responder = await startResponder('pty');
    const child = spawn(program, [responder.where, String(COUNT)], { stdio: ['ignore', 'pipe', 'inherit'] });
    return await toldBy(child, 'the engine in C').finally(responder.close);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new NotRun('there is no cc');
    throw error;
  } finally {
    await rm(folder, { recursive: true });
  }
}
