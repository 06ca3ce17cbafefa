import { readTrace } from '../../transport/trace-source.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Invocation } from '../invocation.js';
import type { ReplayOptions } from './options.js';
import { showTrace } from './show.js';

export async function run(options: ReplayOptions, invocation: Invocation): Promise<ExitCode> {
  const { file, speed = process.stdout.isTTY ? 1 : Number.POSITIVE_INFINITY } = options;
  const source = readTrace(file, (cutOff) => {
    if (cutOff > 0)
      invocation.log.note(`${file}: ${cutOff === 1 ? 'a line is' : `${cutOff} lines are`} cut off`);
  });
  await showTrace(source, options, speed, invocation);
  return EXIT.DONE;
}
