import { Command } from 'commander';

interface Tool {
  readonly summary: string;
  /** Loaded for the tool that is named only: the soak has to set the clock before anything else is loaded. */
  readonly declare: () => Promise<{ declare(command: Command): void }>;
  readonly load: () => Promise<Runnable>;
}

interface Runnable {
  /** Takes the options and the words that `declare` knows; false if it finds something wrong. */
  run(options: never, words: never): Promise<boolean>;
}

/** Runs the tool of a command; `words` stand behind the options. */
export type Launch = (load: () => Promise<Runnable>, options: never, words: never) => Promise<void>;

const TOOLS: Readonly<Record<string, Tool>> = {
  bench: {
    summary: 'measure speed, CPU and memory beside other software',
    declare: () => import('./bench/command.js'),
    load: () => import('./bench/run.js'),
  },
  soak: {
    summary: 'send messages while faults happen, and count what arrives',
    declare: () => import('./soak/command.js'),
    load: () => import('./soak/run.js'),
  },
  fuzz: {
    summary: 'give parsers, AT channel and simulated module hostile input',
    declare: () => import('./fuzz/command.js'),
    load: () => import('./fuzz/run.js'),
  },
  factory: {
    summary: 'provision under faults and kills, and check ledger and cloud',
    declare: () => import('./factory/command.js'),
    load: () => import('./factory/run.js'),
  },
  interop: {
    summary: 'try the module with the brokers and clients of others',
    declare: () => import('./interop/command.js'),
    load: () => import('./interop/run.js'),
  },
  kill9: {
    summary: 'kill a gateway again and again: nothing accepted may be lost',
    declare: () => import('./kill9/command.js'),
    load: () => import('./kill9/run.js'),
  },
  nodes: {
    summary: 'run the tests on all supported versions of Node.js',
    declare: () => import('./nodes/command.js'),
    load: () => import('./nodes/run.js'),
  },
  package: {
    summary: 'pack the package, install it, and check what users get',
    declare: () => import('./package/command.js'),
    load: () => import('./package/run.js'),
  },
};

/** `npm run tool` with all tools, of which the one that is named has its options. Wrong usage throws a `CommanderError`. */
export async function createProgram(name: string | undefined, launch: Launch): Promise<Command> {
  const program = new Command('npm run tool --')
    .description('Tools that take longer than tests, or compare.')
    .usage('<tool> [options]')
    .helpOption('-h, --help', 'show help')
    .helpCommand(false)
    .exitOverride()
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 something is wrong, 2 usage; 129, 130, 143 ended by a signal',
    )
    .showHelpAfterError('(--help shows what there is)');
  for (const [tool, { summary, declare, load }] of Object.entries(TOOLS)) {
    const command = program.command(tool).description(summary);
    if (tool === name) (await declare()).declare(command);
    command.action(() => launch(load, command.opts() as never, (command.processedArgs[0] ?? []) as never));
  }
  return program;
}
