import { readFile } from 'node:fs/promises';
import { ModemError } from '../../errors/modem-error.js';
import { readTrace, unreadable } from '../../transport/trace-source.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Invocation } from '../invocation.js';
import type { ReplayOptions, TraceOptions } from './command.js';
import { followTrace } from './follow.js';
import { showTrace } from './show.js';
import { TranscriptReader, TranscriptWriter } from './transcript.js';

export const endless = ({ follow = false }: TraceOptions) => follow;

export async function run(options: TraceOptions, invocation: Invocation): Promise<ExitCode> {
  const { file, follow = false, as, fromTranscript = false } = options;
  if ([follow, as !== undefined, fromTranscript].filter(Boolean).length > 1) {
    throw new ModemError('INVALID_ARGUMENT', 'give one of --follow, --as and --from-transcript');
  }
  if (as !== undefined) await writeTranscript(file, invocation);
  else if (fromTranscript) await writeTrace(file, invocation);
  else {
    const note = (text: string) => invocation.log.note(text);
    const source = follow ? followTrace(file, invocation.signal, note) : readTrace(file);
    await showTrace(source, options, Number.POSITIVE_INFINITY, invocation);
  }
  return EXIT.DONE;
}

async function writeTranscript(file: string, { output, signal }: Invocation): Promise<void> {
  const writer = new TranscriptWriter();
  for await (const items of readTrace(file)) {
    const text = items.map((item) => writer.write(item)).join('');
    if (text !== '') await output.write(Buffer.from(text, 'latin1'));
    if (signal.aborted) return;
  }
}

async function writeTrace(file: string, { output }: Invocation): Promise<void> {
  const text = await readFile(file, 'latin1').catch((error: unknown) => {
    throw unreadable(file, error);
  });
  const reader = new TranscriptReader(file);
  const trace = text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => reader.read(line));
  await output.write(Buffer.from(reader.header() + trace.join(''), 'latin1'));
}

/** The same reader with the delays of the recording: the command `replay`. */
export async function runReplay(options: ReplayOptions, invocation: Invocation): Promise<ExitCode> {
  const { file, speed = process.stdout.isTTY ? 1 : Number.POSITIVE_INFINITY } = options;
  const source = readTrace(file, (cutOff) => {
    if (cutOff > 0)
      invocation.log.note(`${file}: ${cutOff === 1 ? 'a line is' : `${cutOff} lines are`} cut off`);
  });
  await showTrace(source, options, speed, invocation);
  return EXIT.DONE;
}
