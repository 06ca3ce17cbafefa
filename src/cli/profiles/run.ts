import { ModemError } from '../../errors/modem-error.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Invocation } from '../invocation.js';
import { alignColumns } from '../terminal.js';
import type { ProfilesOptions } from './command.js';
import { maskedValues, type ProfileValues } from './profile-options.js';
import { type ProfileStore, profileStore } from './profile-store.js';

export async function run(options: ProfilesOptions, invocation: Invocation): Promise<ExitCode> {
  const { action, name, json = false } = options;
  const store = profileStore();
  if (action === 'list') {
    if (name !== undefined) throw new ModemError('INVALID_ARGUMENT', 'list takes no name: show does');
    await list(store, json, invocation);
    return EXIT.DONE;
  }
  if (name === undefined)
    throw new ModemError('INVALID_ARGUMENT', `${action}: the name of a profile is missing`);
  if (action === 'show') await show(store, name, json, invocation);
  else await store.delete(name);
  return EXIT.DONE;
}

/** A profile that cannot be read is listed as such. */
async function list(store: ProfileStore, json: boolean, { output, log }: Invocation): Promise<void> {
  const names = await store.names();
  const rows: string[][] = [];
  for (const name of names) {
    const values = await store.load(name).then(maskedValues, (error: Error) => error);
    if (values instanceof Error) log.note(values.message);
    else if (json) await output.json({ name, options: values });
    else rows.push([name, String(values.port ?? ''), String(values.broker ?? '')]);
  }
  for (const line of alignColumns(rows)) await output.line(line);
  if (names.length === 0) log.note('no profile is saved: --save <name> on a command with -p or -b saves one');
}

async function show(store: ProfileStore, name: string, json: boolean, { output }: Invocation): Promise<void> {
  const values = maskedValues(await store.load(name));
  if (json) return output.json({ name, path: store.path(name), options: values });
  for (const line of optionLines(values)) await output.line(line);
}

/** One line an option, as it would be typed. */
function optionLines(values: ProfileValues): readonly string[] {
  return alignColumns(
    Object.entries(values).map(([key, value]) => [`--${key}`, value === true ? '' : value]),
  );
}
