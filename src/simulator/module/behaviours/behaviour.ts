import type { OneStageCommand, TwoStageCommand } from '../../../at/command.js';
import type { Line } from '../../../at/line.js';
import type { ModuleContext } from '../module-context.js';

/**
 * Why a command is refused: the number of a `+CME ERROR`, or plain `ERROR`, which TS 27.007 9.1 keeps for syntax and
 * parameters.
 */
export type Refusal = number | 'ERROR';

/** One command line, understood. */
export interface Task {
  /** Of its command, e.g. `+CSQ`. */
  readonly name: string;
  /** Bytes of data mode to take behind the line; undefined: none. */
  readonly dataLength: number | undefined;
  /** Whether a result URC follows the final result code. */
  readonly twoStage: boolean;
  /** The task with the bytes of data mode. */
  attach(payload: Buffer): Task;
  /** Why the module refuses it now; asked before the prompt. */
  refusal(module: ModuleContext): Refusal | undefined;
  /** The lines before the final result code. */
  answer(module: ModuleContext): readonly Line[];
  /** What follows the final result code; `report` takes the result URC, once. */
  proceed(module: ModuleContext, report: (line: Line) => void): void;
}

/** One command of the module. */
export interface Behaviour {
  /** As in the declaration, e.g. `+CSQ`. */
  readonly name: string;
  /** What the test form answers behind `<name>: `. */
  readonly ranges?: string | undefined;
  /** The task that a command line asks for, or undefined if the line is not this command. */
  understand(line: string): Task | undefined;
}

interface Conditions<A> {
  refuse?(module: ModuleContext, args: A): Refusal | undefined;
}

interface Answering<A, V> extends Conditions<A> {
  /** As `Command.ranges`, where they are this module's own. */
  readonly ranges?: string;
  answer(module: ModuleContext, args: A): V;
  /** What happens behind the final result code. */
  afterwards?(module: ModuleContext, args: A): void;
}

interface Starting<A, V> extends Conditions<A> {
  start(module: ModuleContext, args: A, report: (value: V) => void): void;
}

/** A command that is complete at its final result code. */
export function answering<A, V>(
  command: OneStageCommand<A, V>,
  { refuse, answer, afterwards, ranges = command.ranges }: Answering<A, V>,
): Behaviour {
  const task = (args: A): Task => ({
    name: command.name,
    dataLength: undefined,
    twoStage: false,
    attach: () => task(args),
    refusal: (module) => refuse?.(module, args),
    answer: (module) => command.response.format(answer(module, args)),
    proceed: (module) => afterwards?.(module, args),
  });
  return { name: command.name, ranges, understand: (line) => understood(command.request.parse(line), task) };
}

/** A command that is accepted first and reports its result later. */
export function starting<A, V>(command: TwoStageCommand<A, V>, { refuse, start }: Starting<A, V>): Behaviour {
  const { data, result } = command;
  const task = (args: A): Task => ({
    name: command.name,
    dataLength: data?.length(args),
    twoStage: true,
    attach: (payload) => task(data === undefined ? args : data.attach(args, payload)),
    refusal: (module) => refuse?.(module, args),
    answer: () => [],
    proceed: (module, report) => start(module, args, (value) => report(result.urc.format(value))),
  });
  return { name: command.name, understand: (line) => understood(command.request.parse(line), task) };
}

function understood<A>(args: A | undefined, task: (args: A) => Task): Task | undefined {
  return args === undefined ? undefined : task(args);
}
