import type { Command, Option } from 'commander';
import { parsePort } from '../../provisioning/station/station-port.js';
import { collect, qos } from '../values.js';
import type { Candidate } from './candidate.js';
import type { Cursor } from './cursor.js';
import type { ValueSources } from './value-sources.js';

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
