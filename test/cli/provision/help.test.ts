import { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { mergedOptions } from '../../../src/cli/merged-options.js';
import { createProgram } from '../../../src/cli/program.js';

function group() {
  const found = createProgram(() => {}).commands.find((command) => command.name() === 'provision');
  if (found === undefined) throw new Error('there is no such group');
  return found;
}

describe('the commands of the factory', () => {
  it('are explained with examples, each by itself', () => {
    const { commands } = group();
    expect(commands.map((command) => command.name())).toEqual(expect.arrayContaining(['import', 'product']));
    for (const command of commands) {
      let help = '';
      command.configureOutput({ writeOut: (text) => (help += text) });
      command.outputHelp();
      expect(help).toMatch(new RegExp(`^Usage: atmqtt provision ${command.name()} `));
      expect(help).toMatch(new RegExp(`\nExamples:\n(.*\n)*? .*atmqtt provision ${command.name()}`));
    }
  });

  it('all take the ledger, its passphrase and --json', () => {
    for (const command of group().commands) {
      const flags = command.options.map(({ long }) => long);
      expect(flags).toEqual(expect.arrayContaining(['--ledger', '--passphrase-file', '--json', '--debug']));
    }
  });

  it('are named in an error for a name that is none', async () => {
    const program = createProgram(() => {});
    const parsing = program.parseAsync(['provision', 'imports'], { from: 'user' });
    await expect(parsing).rejects.toThrow(CommanderError);
    await expect(parsing).rejects.toThrow(/unknown command 'imports'\n?.*Did you mean import\?/);
  });

  it('take an import without a file', async () => {
    let options: object = {};
    const program = createProgram((command) => {
      command.action(() => {
        options = mergedOptions<object>(command);
      });
    });
    const args = ['--json', 'provision', 'import', '--product-key', 'pk', '--ledger', 'l.db'];
    await program.parseAsync(args, { from: 'user' });
    expect(options).toEqual({ json: true, productKey: 'pk', ledger: 'l.db', file: undefined });
  });
});
