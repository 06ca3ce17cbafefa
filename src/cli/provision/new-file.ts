import { access, type FileHandle, link, open, rename, unlink } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import { ArgumentError, fileError } from '../../errors/kinds.js';

/** File systems that know no second name for a file, as those of USB sticks. */
const NO_LINKS: ReadonlySet<string> = new Set([
  'EPERM',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EMLINK',
  'EINVAL',
]);

/**
 * A file that is not there yet. It is written under another name in the same folder, and gets its own when it is whole
 * and on the disk: whoever finds it finds all of it. What is there already is never written over. Each method rejects
 * with an `ArgumentError` for `output`.
 */
export class NewFile {
  readonly #path: string;
  readonly #temporary: string;
  readonly #handle: FileHandle;

  private constructor(path: string, temporary: string, handle: FileHandle) {
    this.#path = path;
    this.#temporary = temporary;
    this.#handle = handle;
  }

  /** Rejects when the file is there, or could not be written. */
  static async create(path: string): Promise<NewFile> {
    if (await exists(path)) throw taken(path);
    const temporary = `${path}.${process.pid}.part`;
    const handle = await open(temporary, 'w').catch((error: Error) => {
      throw unwritable(path, error);
    });
    return new NewFile(path, temporary, handle);
  }

  /** Writes the content, and puts the file into its place. Nothing is left behind if that fails. */
  async put(content: string): Promise<void> {
    try {
      await this.#handle.writeFile(content);
      await this.#handle.sync();
      await this.#handle.close();
      await this.#place();
    } catch (error) {
      await this.discard();
      throw error instanceof ArgumentError ? error : unwritable(this.#path, error as Error);
    }
    await syncFolder(dirname(this.#path));
  }

  /** Leaves nothing behind. */
  async discard(): Promise<void> {
    await this.#handle.close().catch(() => {});
    await unlink(this.#temporary).catch(() => {});
  }

  /** A link is refused if the name has been taken meanwhile; a rename would write over it. */
  async #place(): Promise<void> {
    try {
      await link(this.#temporary, this.#path);
      await unlink(this.#temporary);
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST' || (await exists(this.#path))) throw taken(this.#path);
      if (!NO_LINKS.has(code)) throw error;
      await rename(this.#temporary, this.#path);
    }
  }
}

/** As `NewFile`, for all or none of them as far as the names go. */
export async function writeNewFiles(files: ReadonlyMap<string, string>): Promise<void> {
  const created: NewFile[] = [];
  try {
    for (const path of files.keys()) created.push(await NewFile.create(path));
    for (const [index, content] of [...files.values()].entries()) await created[index]?.put(content);
  } catch (error) {
    for (const file of created) await file.discard();
    throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** The name itself is to survive a power cut; not every system can be asked for that. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => {});
  await handle?.close();
}

function taken(path: string): ArgumentError {
  const shown = JSON.stringify(path);
  return new ArgumentError('output', shown, 'a new file', `${shown} is there already: give a new file`);
}

function unwritable(path: string, error: Error): ArgumentError {
  return fileError('output', 'write', path, error);
}

/**
 * The format that was asked for, else the one that the ending of the file names, else the first of them. Throws an
 * `ArgumentError` when ending and format say different things.
 */
export function fileFormat<Format extends string>(
  formats: readonly [Format, ...Format[]],
  given: Format | undefined,
  file: string | undefined,
): Format {
  const ending = extname(file ?? '')
    .slice(1)
    .toLowerCase();
  const named = formats.find((format) => format === ending);
  if (given !== undefined && named !== undefined && given !== named) {
    throw new ArgumentError('format', given, `${named}, as the name of the file says`);
  }
  return given ?? named ?? formats[0];
}
