import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readdir, readFile, rename, rm, unlink } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { PROFILE_NAMES } from '../../dialects/registry.js';
import { ArgumentError, fileError } from '../../errors/kinds.js';
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
    throw fileError('profile', 'read', path, text);
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
      throw fileError('save', 'write', path, error);
    }
  }

  /** Rejects as `load`. */
  async delete(name: string): Promise<void> {
    checkProfileName(name, 'profile');
    const failure = await unlink(this.path(name)).catch((error: NodeJS.ErrnoException) => error);
    if (failure === undefined) return;
    if (failure.code === 'ENOENT') throw await this.#unknown(name);
    throw fileError('profile', 'delete', this.path(name), failure);
  }

  async #unknown(name: string): Promise<ArgumentError> {
    const names = await this.names();
    const there = names.length === 0 ? 'there is none yet' : `there are: ${names.join(', ')}`;
    const shown = JSON.stringify(name);
    const message = `there is no profile ${shown} (${there}); --save makes one`;
    return new ArgumentError('profile', shown, 'one that was saved', message);
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

/** Of the format of the file. */
const VERSION = 1;

/** A profile as the text of its file: JSON for people to read and change. */
function formatProfile(options: ProfileValues): string {
  return `${JSON.stringify({ version: VERSION, options }, null, 2)}\n`;
}

/** The reverse. Throws an `ArgumentError` that names the file, and quotes nothing of it: it may hold a password. */
function parseProfile(path: string, text: string): ProfileValues {
  const content = record(path, parseJson(path, text));
  if (content.version !== VERSION) throw refused(path, `a profile of version ${VERSION}`);
  const options = Object.entries(record(path, content.options));
  const values = options.map(([name, value]): [string, string | true] => {
    if (typeof value === 'string' || value === true) return [name, value];
    throw refused(path, 'a profile whose values are text or true');
  });
  return Object.fromEntries(values);
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refused(path, 'JSON');
  }
}

function record(path: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw refused(path, 'a profile: {"version": 1, "options": {…}}');
}

function refused(path: string, limit: string): ArgumentError {
  return new ArgumentError('profile', JSON.stringify(path), limit);
}

const NAME = /^[a-z\d][a-z\d._-]{0,63}$/i;

/** Whether the name can be that of a profile: it becomes the name of a file. */
function isProfileName(name: string): boolean {
  return NAME.test(name) && !PROFILE_NAMES.includes(name);
}

/** Throws an `ArgumentError` for `field`. */
function checkProfileName(name: string, field: string): void {
  if (PROFILE_NAMES.includes(name)) {
    throw new ArgumentError(field, JSON.stringify(name), `a profile; for the module give --module ${name}`);
  }
  if (!NAME.test(name)) {
    throw new ArgumentError(
      field,
      JSON.stringify(name),
      'at most 64 letters, digits, dots, dashes and underscores, with a letter or digit first',
    );
  }
}

/**
 * Where atmqtt keeps what its user has set: `$XDG_CONFIG_HOME/atmqtt`, else `~/.config/atmqtt` [D: XDG Base Directory
 * Specification 0.8; a path that is not absolute is to be ignored], on Windows `%APPDATA%\atmqtt`.
 */
export function configFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const wanted = environment.XDG_CONFIG_HOME || (platform === 'win32' ? environment.APPDATA : undefined);
  const folder = wanted !== undefined && isAbsolute(wanted) ? wanted : join(homedir(), '.config');
  return join(folder, 'atmqtt');
}
