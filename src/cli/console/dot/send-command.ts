import { type FileHandle, open } from 'node:fs/promises';
import { ArgumentError } from '../../../errors/kinds.js';
import { ModemError } from '../../../errors/modem-error.js';
import { announcedBytes } from '../../decode/known-commands.js';
import { firstWord } from '../typed-line.js';
import { type DotCommand, type DotContext, usageError } from './dot-command.js';

const USAGE = '.send <file> [command line]';

/** Bytes of a file at most: more is no payload, and no script. */
const MAX_BYTES = 1024 * 1024;

export const SEND: DotCommand = {
  name: '.send',
  usage: USAGE,
  about: 'send a file as it is; with a command line: as the payload behind its prompt',
  run: async (rest, context) => {
    const found = firstWord(rest);
    if (found === undefined) throw usageError(USAGE, 'a file is missing');
    const bytes = await contentOf(found.word);
    if (found.rest === '') await sendRaw(found.word, bytes, context);
    else await sendPayload(found.word, bytes, found.rest, context);
  },
};

async function sendRaw(name: string, bytes: Buffer, { session, view }: DotContext): Promise<void> {
  await session.sendBytes(bytes);
  view.note(`${bytes.length} bytes of ${name} were written to the port`, 'good');
}

async function sendPayload(
  name: string,
  payload: Buffer,
  line: string,
  { session, view }: DotContext,
): Promise<void> {
  const wanted = announcedBytes(line);
  if (wanted !== undefined && wanted !== payload.length) {
    const words = `${name} has ${payload.length} bytes, the command line announces ${wanted}`;
    throw new ModemError('INVALID_ARGUMENT', words);
  }
  view.note(`the payload is ${name}, ${payload.length} bytes`, 'plain');
  const answer = await session.ask(line, { payload });
  if (answer.kind === 'failed') throw answer.error;
  if (answer.kind === 'given-up') throw new ModemError('ABORTED', 'given up');
  if (answer.kind === 'final' && !answer.result.ok) {
    throw new ModemError('COMMAND_FAILED', `the module answered ${answer.result.text}`);
  }
}

/** Devices that never end, and directories, are no files. */
async function contentOf(name: string): Promise<Buffer> {
  let file: FileHandle | undefined;
  try {
    file = await open(name);
    const buffer = Buffer.alloc(MAX_BYTES + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, length, buffer.length - length);
      length += bytesRead;
      if (bytesRead === 0 || length === buffer.length) break;
    }
    if (length > MAX_BYTES)
      throw new ArgumentError('file', JSON.stringify(name), `at most ${MAX_BYTES} bytes long`);
    return buffer.subarray(0, length);
  } catch (error) {
    if (error instanceof ModemError) throw error;
    const words = `cannot read ${name}: ${(error as Error).message}`;
    throw new ModemError('INVALID_ARGUMENT', words, { cause: error });
  } finally {
    await file?.close();
  }
}
