import { Command } from 'commander';
import { ModemError } from '../../errors/modem-error.js';
import type { Log } from '../log.js';
import { mergedOptions, typedOptions } from '../merged-options.js';
import { addConnectionOptions } from '../options/connection-options.js';
import { addModemOptions } from '../options/modem-options.js';
import { isKept, keyOf, type ProfileValues, typedValue, withoutSecrets } from './profile-options.js';
import { type ProfileStore, profileStore } from './profile-store.js';
import { type GivenTarget, towards } from './target.js';
import { profileOptions } from './use-profile.js';

/** What the command line says of profiles. */
export interface ProfileChoice {
  readonly profile?: string;
  readonly save?: string;
  readonly saveSecrets?: boolean;
}

/**
 * The options of a command that names a profile: typed, else from the environment, else from the profile, else the
 * default. With `--save` what was typed, and what the profile says beside it, is stored first. Rejects with an
 * `ArgumentError`.
 */
export async function settledOptions<Options>(
  command: Command,
  choice: ProfileChoice,
  log: Log,
  store: ProfileStore = profileStore(),
): Promise<Options> {
  const { profile, save, saveSecrets = false } = choice;
  refuseUseless(command, choice);
  const known = addConnectionOptions(addModemOptions(new Command())).options.filter(isKept);
  const loaded = profile === undefined ? {} : await store.load(profile);
  const values = towards(mergedOptions<GivenTarget>(command), loaded);
  const kept = profile === undefined ? {} : profileOptions(profile, values, command, known);
  if (save !== undefined) {
    const typed = typedOptions(command);
    const added = known.flatMap((option) => {
      const name = option.attributeName();
      const fromEnvironment = saveSecrets && name === 'pw' ? command.getOptionValue(name) : undefined;
      const value = typed[name] ?? fromEnvironment;
      return value === undefined ? [] : [[keyOf(option), typedValue(option, value)] as const];
    });
    await saveProfile(store, save, { ...values, ...Object.fromEntries(added) }, saveSecrets, log);
  }
  return mergedOptions<Options>(command, kept);
}

async function saveProfile(
  store: ProfileStore,
  name: string,
  all: ProfileValues,
  saveSecrets: boolean,
  log: Log,
): Promise<void> {
  const { values: open, removed } = withoutSecrets(all);
  const values = saveSecrets ? all : open;
  const keys = Object.keys(values);
  if (keys.length === 0) {
    throw new ModemError(
      'INVALID_ARGUMENT',
      '--save: there is nothing to save: give -p, -b or other options of the connection',
    );
  }
  await store.save(name, values);
  const left = removed && !saveSecrets ? ', without the password: --save-secrets keeps it too' : '';
  log.note(`saved profile ${name}: ${keys.join(', ')}${left}`);
}

function refuseUseless(command: Command, { profile, save, saveSecrets = false }: ProfileChoice): void {
  const takesProfile = command.options.some(({ long }) => long === '--profile');
  if (profile !== undefined && !takesProfile) {
    throw new ModemError(
      'INVALID_ARGUMENT',
      `${command.name()} takes no profile; for the module of the command give --module`,
    );
  }
  if (saveSecrets && save === undefined) {
    throw new ModemError('INVALID_ARGUMENT', '--save-secrets belongs to --save <name>');
  }
}
