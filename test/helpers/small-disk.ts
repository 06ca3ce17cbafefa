import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file system of its own in memory, of a few hundred kB: what is full is really full. */
export class SmallDisk {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Undefined where this user may not mount. */
  static mount(kilobytes: number): SmallDisk | undefined {
    const folder = mkdtempSync(join(tmpdir(), 'atmqtt-disk-'));
    const options = ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', folder];
    if (spawnSync('mount', options).status === 0) return new SmallDisk(folder);
    rmSync(folder, { recursive: true });
    return undefined;
  }

  /** Takes what is left, as a log of somebody else does. */
  fill(): void {
    const file = openSync(join(this.folder, 'somebody-else'), 'a');
    const page = Buffer.alloc(4096, 0x78);
    try {
      for (;;) writeSync(file, page);
    } catch {
      closeSync(file);
    }
  }

  /** Gives back what `fill` took. */
  clear(): void {
    rmSync(join(this.folder, 'somebody-else'), { force: true });
  }

  unmount(): void {
    spawnSync('umount', ['-l', this.folder]);
    rmSync(this.folder, { recursive: true });
  }
}

const probe = SmallDisk.mount(100);
probe?.unmount();

/** Whether this user may mount a small disk. */
export const hasSmallDisk = probe !== undefined;

if (!hasSmallDisk) console.warn('skipped: tests with a full disk need the right to mount a tmpfs (root)');
