import { ModemError } from '../../../errors/modem-error.js';
import { FileRefusedError, problemText } from '../../../provisioning/triples/file-refused.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import type { Invocation } from '../../invocation.js';
import type { Log } from '../../log.js';
import { setUpProduct } from '../product/set-up.js';
import { importFile } from './import-file.js';
import type { ImportOptions } from './options.js';

export async function run(options: ImportOptions, invocation: Invocation): Promise<ExitCode> {
  const { file, dryRun, newOnly } = options;
  if (file === undefined) {
    if (options.productKey === undefined || dryRun || newOnly) {
      throw usage('no file: give the CSV with the triples');
    }
    await setUpProduct(options, invocation);
    return EXIT.DONE;
  }
  const { productSecret, productSecretFile, nameTemplate, replace } = options;
  if ([productSecret, productSecretFile, nameTemplate, replace].some((value) => value !== undefined)) {
    throw usage(
      'a file brings the secrets of its devices: a ProductSecret, a template and --replace are for ' +
        '`atmqtt provision product`',
    );
  }
  try {
    return (await importFile({ ...options, file }, invocation)) ? EXIT.DONE : EXIT.FAILED;
  } catch (error) {
    throw error instanceof FileRefusedError ? listProblems(error, invocation.log) : error;
  }
}

/** A failure is one line; several problems are a line each in front of it. */
function listProblems(error: FileRefusedError, log: Log): ModemError {
  const { source, problems, count, advice } = error;
  if (count === 1) return error;
  for (const problem of problems) log.note(problemText(problem));
  if (count > problems.length) log.note(`and ${count - problems.length} more`);
  const end = advice === undefined ? '' : `; ${advice}`;
  return new ModemError('FILE_REFUSED', `${source} is refused as a whole: ${count} problems${end}`, {
    cause: error,
  });
}

function usage(text: string): ModemError {
  return new ModemError('INVALID_ARGUMENT', text);
}
