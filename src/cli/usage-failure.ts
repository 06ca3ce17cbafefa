import { type Command, CommanderError } from 'commander';
import { PROFILE_NAMES } from '../dialects/registry.js';
import { ModemError } from '../errors/modem-error.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { logOptions } from './launch.js';
import { Log } from './log.js';
import { createProgram } from './program.js';

/** Tells what is wrong with the command line; gives the exit code of the process. */
export function usageFailure(error: CommanderError, args: readonly string[]): ExitCode {
  // Without a command commander has written the help.
  if (error.code === 'commander.help') return EXIT.USAGE;
  return fail(usageText(error.message, args), args);
}

/** Undefined unless `-h` was given a host. */
export function hostFailure(program: Command, args: readonly string[]): ExitCode | undefined {
  const mistake = hostMistake(program, args);
  return mistake === undefined ? undefined : fail(mistake, args);
}

function fail(text: string, args: readonly string[]): ExitCode {
  const log = new Log(process.stderr, logOptions({ json: args.includes('--json') }));
  return log.failure(new ModemError('INVALID_ARGUMENT', text));
}

/** `--profile` was the module's until profiles came. */
const OLD_MODULE_OPTION = /^error: unknown option '--profile[='\s]/;

const UNKNOWN_WITH_VALUE = /^(error: unknown option '(-[^=]*))=.*'/s;

const UNKNOWN = /^error: unknown option '(-[^=']*)/;

/** The commands that take the options of mosquitto_pub and mosquitto_sub. */
const LIKE_MOSQUITTO = ['pub', 'sub'];

const BROKER = 'give the broker with -b mqtt://host:port';
const NO_CERTIFICATES = 'certificates cannot be loaded into the module from here; mqtts:// encrypts';
const NO_MQTT5 = 'the module speaks MQTT 3.1.1 and 3.1';

/** Options of mosquitto_pub and mosquitto_sub that have no counterpart of their name here, and what to do instead. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  '--host': BROKER,
  '-L': 'give the broker with -b mqtt://host:port and the topic with -t',
  '--url': 'give the broker with -b mqtt://host:port and the topic with -t',
  '-I': 'give the whole client id with -i',
  '-V': NO_MQTT5,
  '--protocol-version': NO_MQTT5,
  '-D': NO_MQTT5,
  '-x': NO_MQTT5,
  '--capath': NO_CERTIFICATES,
  '--cert': NO_CERTIFICATES,
  '--key': NO_CERTIFICATES,
  '--insecure': NO_CERTIFICATES,
  '--pwfile': 'set ATMQTT_PASSWORD',
  '--quiet': 'redirect stderr',
};

/** What is wrong with the command line, from commander's words, which may hold the value of a misspelt password. */
export function usageText(message: string, args: readonly string[]): string {
  const named = unknownInsteadOf(message, args) ?? message;
  const text = withoutValue(named, args).replace(/^error: |\.$/g, '');
  return `${text}${instead(named, args)}; --help shows what there is`;
}

/**
 * For `pub -h localhost`, where mosquitto_pub takes a host and commander shows the help: what to do. Undefined for any
 * other command line.
 */
export function hostMistake(program: Command, args: readonly string[]): string | undefined {
  const at = args.findIndex((arg) => LIKE_MOSQUITTO.includes(arg));
  const command = program.commands.find((candidate) => candidate.name() === args[at]);
  const takesValue = (flag: string | undefined) =>
    command?.options.some((option) => option.required && [option.short, option.long].includes(flag));
  const host = args.findIndex((arg, index) => index > at && arg === '-h' && !takesValue(args[index - 1]));
  const value = args[host + 1];
  if (command === undefined || host < 0 || value === undefined || value.startsWith('-')) return undefined;
  return `-h shows help here and takes no host: ${BROKER}, for example -b mqtt://${value}`;
}

/** Commander misses a required option before it looks at those that it does not know: often the same one, misspelt. */
function unknownInsteadOf(message: string, args: readonly string[]): string | undefined {
  if (!message.startsWith('error: required option')) return undefined;
  const again = parseFailure(args);
  return again !== undefined && UNKNOWN.test(again) ? again : undefined;
}

function instead(message: string, args: readonly string[]): string {
  if (OLD_MODULE_OPTION.test(message))
    return `; the module is chosen with --module ${PROFILE_NAMES.join(' or ')}`;
  const [, flag = ''] = UNKNOWN.exec(message) ?? [];
  const words = args.some((arg) => LIKE_MOSQUITTO.includes(arg)) ? ELSEWHERE[flag] : undefined;
  return words === undefined ? '' : `; ${words}`;
}

/** `--name=value` without the value, which could be a password; commander compares both with the options it knows. */
function withoutValue(message: string, args: readonly string[]): string {
  const [, words, flag] = UNKNOWN_WITH_VALUE.exec(message) ?? [];
  if (words === undefined || flag === undefined) return message;
  return `${words}=***'${suggestionFor(flag, args)}`;
}

/** What commander proposes for the flag alone: `(Did you mean --port?)` on a line of its own, or nothing. */
function suggestionFor(flag: string, args: readonly string[]): string {
  const bare = args.map((arg) => (arg.startsWith(`${flag}=`) ? flag : arg));
  return /\n\(Did you mean .*\)$/.exec(parseFailure(bare) ?? '')?.[0] ?? '';
}

/** What commander says of these arguments where no option is required. */
function parseFailure(args: readonly string[]): string | undefined {
  const program = createProgram(() => {});
  requireNothing(program);
  try {
    program.parse(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.message;
  }
  return undefined;
}

function requireNothing(command: Command): void {
  for (const option of command.options) option.mandatory = false;
  command.commands.forEach(requireNothing);
}
