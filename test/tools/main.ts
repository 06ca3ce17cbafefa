import { CommanderError } from 'commander';
import { createProgram } from './program.js';

// What a tool has started goes when it exits, see test/helpers/processes.ts.
for (const [signal, code] of Object.entries({ SIGHUP: 129, SIGINT: 130, SIGTERM: 143 })) {
  process.once(signal, () => process.exit(code));
}

const args = process.argv.slice(2);
try {
  const program = await createProgram(args[0], async (load, options, words) => {
    const { run } = await load();
    if (!(await run(options, words))) process.exitCode = 1;
  });
  await program.parseAsync(args.length === 0 ? ['--help'] : args, { from: 'user' });
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // Help is thrown as well; both have been written.
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
