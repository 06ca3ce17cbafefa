import { planOfProcess } from '../own-process.js';
import { startModules } from './modules.js';

/** Modules on TCP ports, in a process of their own. */
process.send?.(await startModules(planOfProcess<number>(), 'tcp'));
process.once('disconnect', () => process.exit());
