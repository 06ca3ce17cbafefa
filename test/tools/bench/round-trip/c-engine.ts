import { execFile, spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { endsWithUs, temporaryFolder } from '../../../helpers/processes.js';
import { NotRun } from '../../shared/not-run.js';
import { inTools } from '../../shared/project.js';
import type { Summary } from '../../shared/statistics.js';
import { COUNT } from './ours.js';
import { startResponder, toldBy } from './responder.js';

/** What the machine and the responder allow: compiled here, with the C compiler of the system. */
export async function cEngine(): Promise<Summary> {
  const folder = await temporaryFolder();
  const program = join(folder, 'engine');
  try {
    await promisify(execFile)('cc', ['-O2', '-o', program, inTools('bench/round-trip/engine.c')]);
    const responder = await startResponder('pty');
    const args = [responder.where, String(COUNT)];
    const child = endsWithUs(spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] }));
    return await toldBy(child, 'the engine in C').finally(responder.close);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new NotRun('there is no cc');
    throw error;
  } finally {
    await rm(folder, { recursive: true });
  }
}
