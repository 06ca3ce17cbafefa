import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { hasTmux, openTerminal } from '../../helpers/tmux.js';
import { startWorld } from '../world.js';
import { afterwards, BIN, testFolder } from './console-terminal.js';

/** Survives the terminal, and tells how the command has ended. */
const SHELL = 'trap "" HUP; "$@"; echo $? > "$0"';

describe.skipIf(!hasTmux)('a console whose terminal is closed', () => {
  it('lets go of the port and ends by SIGHUP, as other programs do', async () => {
    const { to } = await startWorld();
    const ended = join(testFolder(), 'ended');
    // Who reads it waits for the one who writes.
    await promisify(execFile)('mkfifo', [ended]);
    const terminal = await openTerminal(['sh', '-c', SHELL, ended, process.execPath, BIN, 'console', ...to], {
      columns: 80,
      rows: 24,
      environment: { XDG_STATE_HOME: testFolder() },
    });
    afterwards(() => terminal.close().catch(() => {}));
    await terminal.shows(/^at> *$/m);
    await terminal.press('AT+CS');
    await terminal.shows(/^at> AT\+CS/m);
    await terminal.close();
    // 128 and the number of the signal.
    expect(await readFile(ended, 'utf8')).toBe('129\n');
  });
});
