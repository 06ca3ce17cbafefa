import { anyModule } from '../../dialects/find.js';
import { DIALECTS } from '../../dialects/registry.js';
import { BootReader } from '../../modem/boot-markers.js';

/** The words of all dialects: what somebody types, or a recording holds, can be of any. */
export const WORDS = await Promise.all(DIALECTS.map(({ words }) => words()));

/** Reads what modules of all dialects print by themselves. */
export const BOOT = new BootReader((await anyModule()).boot);
