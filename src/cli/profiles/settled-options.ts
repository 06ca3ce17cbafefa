import { Command, InvalidArgumentError, type Option } from 'commander';
import { ArgumentError } from '../../errors/kinds.js';
import { ModemError } from '../../errors/modem-error.js';
import type { Log } from '../log.js';
import { mergedOptions, typedOptions } from '../merged-options.js';
import { addConnectionOptions } from '../options/connection-options.js';
import { addModemOptions } from '../options/global-options.js';
import {
  isKept,
  keyOf,
  maskedValues,
  type ProfileValues,
  typedValue,
  withoutSecrets,
} from './profile-options.js';
import { type ProfileStore, profileStore } from './profile-store.js';

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

/** What leads to a broker, and what leads to Alibaba Cloud, by the long names; a session has one of both. */
const BROKER = ['broker', 'username', 'pw', 'will-topic', 'will-payload', 'will-qos', 'will-retain'];
/** What belongs to the port beside it. */
const PORT = ['port', 'baud'];
const CLOUD = ['region', 'aliyun-host', 'ledger', 'passphrase-file', 'sign'];

/** Where the command line and the environment say that the session leads. */
interface GivenTarget {
  readonly port?: unknown;
  readonly broker?: unknown;
  readonly region?: unknown;
  readonly aliyunHost?: unknown;
}

/** The profile without what belongs to another port or leads elsewhere than the command line or the environment say. */
export function towards(given: GivenTarget, values: ProfileValues): ProfileValues {
  const left = [
    ...(given.port === undefined ? [] : PORT),
    ...(given.broker === undefined ? [] : CLOUD),
    ...(given.region === undefined && given.aliyunHost === undefined ? [] : BROKER),
  ];
  return Object.fromEntries(Object.entries(values).filter(([key]) => !left.includes(key)));
}

/**
 * The values of a profile as the command would have parsed them, by the names that commander gives them. Options that
 * this command does not have are left out. Throws an `ArgumentError` for a name that no option has, and for a value that
 * the option refuses.
 */
export function profileOptions(
  profile: string,
  values: ProfileValues,
  command: Command,
  known: readonly Option[],
): Readonly<Record<string, unknown>> {
  const shown = maskedValues(values);
  const parsed: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(values)) {
    const field = `profile ${profile}: ${key}`;
    const option = known.find((candidate) => isKept(candidate) && keyOf(candidate) === key);
    if (option === undefined)
      throw new ArgumentError(field, 'it', 'a long name', `${field}: profiles keep no option of this name`);
    const own = command.options.some(({ long }) => long === option.long);
    const result = parseValue(option, value, field, JSON.stringify(shown[key]));
    if (own) parsed[option.attributeName()] = result;
  }
  return parsed;
}

function parseValue(option: Option, value: string | true, field: string, shown: string): unknown {
  const flag = option.isBoolean();
  if (flag || value === true) {
    if (flag && value === true) return true;
    throw new ArgumentError(field, shown, flag ? 'true' : 'text');
  }
  if (option.parseArg === undefined) return value;
  try {
    return option.parseArg(value, undefined);
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error;
    throw new ArgumentError(field, shown, error.message.replace(/^It must be |\.$/g, ''));
  }
}
