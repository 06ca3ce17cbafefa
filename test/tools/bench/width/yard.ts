import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planOfProcess } from '../../shared/own-process.js';
import { startModules, type Way } from './modules.js';

/** Modules on TCP ports or pseudo-terminals, in a process of their own. */
const { modules, over } = planOfProcess<{ readonly modules: number; readonly over: Way }>();
const folder = mkdtempSync(join(tmpdir(), 'atmqtt-bench-'));
process.send?.(await startModules(modules, over, folder));
process.once('disconnect', () => {
  rmSync(folder, { recursive: true, force: true });
  process.exit();
});
