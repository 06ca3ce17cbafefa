/** What becomes of a command of the README when it is run. */
export interface Plan {
  /** Of the command line behind `atmqtt `. */
  readonly of: RegExp;
  /** Goes on until it is interrupted, or until its output or the module's commands show this, and ends with 130; else by itself. */
  readonly until?: (words: readonly string[]) => RegExp;
  /** Goes on while the commands below it are run. */
  readonly stays?: boolean;
  /** What is added: the answer to a question that it asks on a terminal alone. */
  readonly answer?: readonly string[];
  /** Why it is not run. */
  readonly not?: string;
}

/** A station has a PASS for each of its ports. */
function eachPasses(words: readonly string[]): RegExp {
  return new RegExp(`(?:PASS[^]*){${words.filter((word) => word === '--port').length}}`);
}

/** The first that fits counts. */
const PLANS: readonly Plan[] = [
  { of: /^(?:ports|info|pub|outbox|replay|demo|profiles)\b/ },
  { of: /^(?:console|doctor) / },
  { of: /^sub /, until: () => /AT\+LMQTTSUBUNSUB=0,\d+,1/ },
  { of: /^trace .*--follow/, until: () => /LMQTT/ },
  { of: /^trace / },
  { of: /^sim .*(?:fault|cloud-fault) list$/ },
  { of: /^sim /, until: () => /^module /m, stays: true },
  { of: /^provision run .*--all/, not: 'it takes every serial port of this machine' },
  { of: /^provision run /, until: eachPasses },
  { of: /^provision release /, answer: ['--yes'] },
  { of: /^provision (?:import|product|status|report|export|labels|audit)\b/ },
];

export function planOf(line: string): Plan | undefined {
  return PLANS.find(({ of }) => of.test(line));
}
