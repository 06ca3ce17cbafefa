import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readdir, readFile, rename, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ArgumentError } from '../../errors/kinds.js';
import { configFolder } from './config-folder.js';
import { formatProfile, parseProfile } from './profile-file.js';
import { checkProfileName, isProfileName } from './profile-name.js';
import type { ProfileValues } from './profile-options.js';

/** Brokers, client ids and, if they were wanted there, passwords are nobody else's business. */
const OWNER_ONLY = { folder: 0o700, file: 0o600 };

const SUFFIX = '.json';

/** The profiles of a user: one JSON file each, in one folder. */
export class ProfileStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** In order of the alphabet; none if there is no folder. Never rejects. */
  async names(): Promise<readonly string[]> {
    const files = await readdir(this.#folder).catch(() => []);
    const names = files.filter((file) => file.endsWith(SUFFIX)).map((file) => file.slice(0, -SUFFIX.length));
    return names.filter(isProfileName).sort();
  }

  /** Where the profile of that name is, or would be. */
  path(name: string): string {
    return join(this.#folder, `${name}${SUFFIX}`);
  }

  /** Rejects with an `ArgumentError` if there is no such profile, or if its file is none. */
  async load(name: string): Promise<ProfileValues> {
    checkProfileName(name, 'profile');
    const path = this.path(name);
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => error);
    if (typeof text === 'string') return parseProfile(path, text);
    if (text.code === 'ENOENT') throw await this.#unknown(name);
    throw new ArgumentError('profile', JSON.stringify(name), `a file that can be read (${text.message})`);
  }

  /** Writes the profile over an older one, as a whole or not at all. Rejects with an `ArgumentError` if that fails. */
  async save(name: string, values: ProfileValues): Promise<void> {
    checkProfileName(name, 'save');
    const path = this.path(name);
    const fresh = `${path}.${randomBytes(4).toString('hex')}.part`;
    try {
      await mkdir(this.#folder, { recursive: true, mode: OWNER_ONLY.folder });
      await writeDurably(fresh, formatProfile(values));
      await rename(fresh, path);
    } catch (error) {
      await rm(fresh, { force: true });
      const reason = (error as Error).message;
      throw new ArgumentError('save', JSON.stringify(name), `a profile that can be written (${reason})`);
    }
  }

  /** Rejects as `load`. */
  async delete(name: string): Promise<void> {
    checkProfileName(name, 'profile');
    const failure = await unlink(this.path(name)).catch((error: NodeJS.ErrnoException) => error);
    if (failure === undefined) return;
    if (failure.code === 'ENOENT') throw await this.#unknown(name);
    const reason = failure.message;
    throw new ArgumentError('profile', JSON.stringify(name), `a file that can be deleted (${reason})`);
  }

  async #unknown(name: string): Promise<ArgumentError> {
    const names = await this.names();
    const there = names.length === 0 ? 'there is none yet' : `there are: ${names.join(', ')}`;
    return new ArgumentError('profile', JSON.stringify(name), `one that was saved with --save (${there})`);
  }
}

/** The profiles of this user. */
export function profileStore(): ProfileStore {
  return new ProfileStore(join(configFolder(), 'profiles'));
}

/** On the disk when it resolves, and for its owner alone from the beginning, whatever the umask. */
async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', OWNER_ONLY.file);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await chmod(path, OWNER_ONLY.file);
}
