import { EXIT, type ExitCode } from '../../exit-codes.js';
import type { Invocation } from '../../invocation.js';
import type { ProductCommandOptions } from './options.js';
import { setUpProduct } from './set-up.js';

export async function run(options: ProductCommandOptions, invocation: Invocation): Promise<ExitCode> {
  await setUpProduct(options, invocation);
  return EXIT.DONE;
}
