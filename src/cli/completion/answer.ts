import type { Command, Option } from 'commander';
import { parsePort } from '../../provisioning/station/station-port.js';
import { listPorts } from '../../transport/list-ports.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Invocation } from '../invocation.js';
import { profileStore } from '../profiles/profile-store.js';
import { collect, qos } from '../values.js';
import type { AnswerOptions } from './command.js';
import { type Cursor, findCursor } from './cursor.js';

/**
 * Answers the scripts: a line a candidate, `word TAB help`, and `:files` if paths of files may stand there too. A word
 * that ends with `=`, `:` or `/` is to be gone on with, so no space belongs behind it.
 */
export function answerFor(
  program: Command,
): (options: AnswerOptions, invocation: Invocation) => Promise<ExitCode> {
  return async ({ words }, { output }) => {
    const { candidates, files } = await answerAt(findCursor(program, words), VALUE_SOURCES);
    for (const { word, help } of candidates) await output.line(`${word}\t${oneLine(help)}`);
    if (files) await output.line(':files');
    return EXIT.DONE;
  };
}

/** Neither tabs nor line ends: they are the grammar of the answer. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

export interface Answer {
  readonly candidates: readonly Candidate[];
  /** Whether paths of files may stand there too. */
  readonly files: boolean;
}

const NOTHING: Answer = { candidates: [], files: false };

const FILES: Answer = { candidates: [], files: true };

const LEVELS: readonly Candidate[] = [
  { word: '0', help: 'at most once' },
  { word: '1', help: 'at least once' },
  { word: '2', help: 'exactly once' },
];

/** What may stand at the cursor; values are looked up only if one is wanted there. */
export async function answerAt({ command, given, place }: Cursor, sources: ValueSources): Promise<Answer> {
  if (place.kind === 'option') return beginning(place.typed, optionsLeft(command, given));
  if (place.kind === 'value') {
    const { candidates, files } = await valuesOf(place.option, sources);
    const prefix = place.prefix + slotOf(place.option, place.typed);
    const words = candidates.map(({ word, help }) => ({ word: prefix + word, help }));
    return { ...beginning(place.prefix + place.typed, words), files };
  }
  const { typed, index, mayBeOption } = place;
  const commands = command.createHelp().visibleCommands(command);
  if (commands.length > 0) return beginning(typed, index === 0 ? commands.map(named) : []);
  const argument = command.registeredArguments[index] ?? variadic(command);
  if (argument === undefined) return mayBeOption ? beginning(typed, optionsLeft(command, given)) : NOTHING;
  const { candidates, files } = await valuesFor(
    `${command.name()} ${argument.name()}`,
    argument.name(),
    argument.argChoices,
    sources,
  );
  return { ...beginning(typed, candidates), files };
}

async function valuesOf(option: Option, sources: ValueSources): Promise<Answer> {
  if (option.parseArg === qos) return { candidates: LEVELS, files: false };
  const [, placeholder = ''] = /[<[]([^>\]]*)[>\]]/.exec(option.flags) ?? [];
  return valuesFor(option.long ?? option.flags, placeholder, option.argChoices, sources);
}

/** Choices, else what the name stands for, else files if the placeholder says so. */
async function valuesFor(
  name: string,
  placeholder: string,
  choices: readonly string[] | undefined,
  sources: ValueSources,
): Promise<Answer> {
  if (choices !== undefined) {
    return { candidates: choices.map((word) => ({ word, help: '' })), files: false };
  }
  const source = sources[name];
  if (source !== undefined) return { candidates: await source(), files: false };
  return /file|path|folder/.test(placeholder) ? FILES : NOTHING;
}

/** What stands in front of a port of a station to name it. */
function slotOf({ long, parseArg }: Option, typed: string): string {
  if (long !== '--port' || parseArg !== collect) return '';
  const { slot } = parsePort(typed);
  return slot === undefined ? '' : typed.slice(0, typed.indexOf('=') + 1);
}

function beginning(typed: string, candidates: readonly Candidate[]): Answer {
  return { candidates: candidates.filter(({ word }) => word.startsWith(typed)), files: false };
}

/** An option is offered once, unless it may be given several times. */
function optionsLeft(command: Command, given: ReadonlySet<Option>): readonly Candidate[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .filter((option) => !given.has(option) || option.parseArg === collect)
    .map(({ long, short, description }) => ({ word: long ?? short ?? '', help: description }));
}

function named(command: Command): Candidate {
  return { word: command.name(), help: command.description() };
}

function variadic({ registeredArguments }: Command) {
  const last = registeredArguments.at(-1);
  return last?.variadic === true ? last : undefined;
}

/** Something that may stand at the cursor. */
interface Candidate {
  /** The whole word. */
  readonly word: string;
  readonly help: string;
}

/** The values of options by their long name, and of arguments by command and name, looked up when they are wanted. */
export type ValueSources = Readonly<Record<string, () => Promise<readonly Candidate[]>>>;

/** Neither opens a port nor asks a module. */
const VALUE_SOURCES: ValueSources = {
  '--port': ports,
  '--profile': profiles,
  '--save': profiles,
  'profiles name': profiles,
  '--fault': faults,
  '--cloud-fault': cloudFaults,
  '--broker': async () => [
    { word: 'mqtt://', help: 'MQTT over TCP' },
    { word: 'mqtts://', help: 'MQTT over TLS' },
  ],
};

async function ports(): Promise<readonly Candidate[]> {
  const found = await listPorts();
  return [
    ...found.map(({ path, looksLike, manufacturer }) => ({
      word: path,
      help: looksLike ?? manufacturer ?? 'serial port',
    })),
    { word: 'tcp://', help: 'serial server, raw' },
    { word: 'telnet://', help: 'serial server, telnet' },
    { word: 'rfc2217://', help: 'serial server, telnet with RFC 2217: ?baudRate=9600' },
    { word: 'sim:', help: 'simulated module' },
  ];
}

async function profiles(): Promise<readonly Candidate[]> {
  return (await profileStore().names()).map((word) => ({ word, help: 'profile' }));
}

async function faults(): Promise<readonly Candidate[]> {
  const { allFaults } = await import('../../simulator/all-faults.js');
  return [LIST, ...(await allFaults()).map(faultCandidate)];
}

async function cloudFaults(): Promise<readonly Candidate[]> {
  const { CLOUD_FAULTS } = await import('../../simulator/aliyun/cloud-faults.js');
  return [LIST, ...CLOUD_FAULTS.map(faultCandidate)];
}

const LIST: Candidate = { word: 'list', help: 'list them all' };

/** With its `=` if it must have a value. */
function faultCandidate({ name, parameter, help }: { name: string; parameter?: string; help: string }) {
  const valued = parameter !== undefined && !parameter.startsWith('[');
  return { word: valued ? `${name}=` : name, help };
}
