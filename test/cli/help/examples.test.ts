import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../../src/cli/program.js';
import { calls } from './shell-words.js';

/** The command and all below it that people are shown. */
function family(command: Command): readonly Command[] {
  const shown = command.createHelp().visibleCommands(command);
  return [command, ...command.commands.filter((child) => shown.includes(child)).flatMap(family)];
}

function names(command: Command): readonly string[] {
  return command.parent === null ? [] : [...names(command.parent), command.name()];
}

function helpOf(command: Command): string {
  let help = '';
  command.configureOutput({ writeOut: (text) => (help += text) });
  command.outputHelp();
  return help;
}

function examplesOf(command: Command): readonly (readonly string[])[] {
  const [, block = ''] = /\nExamples:\n([\s\S]*?)(?:\n\n|\n?$)/.exec(helpOf(command)) ?? [];
  return block.split('\n').flatMap(calls);
}

/** The names of the command that these words call. Rejects with what commander says of them. */
async function called(words: readonly string[]): Promise<readonly string[]> {
  const found: (readonly string[])[] = [];
  const program = createProgram((command) => {
    command.action(() => void found.push(names(command)));
  });
  await program.parseAsync(words, { from: 'user' });
  return found[0] ?? [];
}

const COMMANDS = family(createProgram(() => {})).map((command) => names(command).join(' '));

function find(path: string): Command {
  let command = createProgram(() => {});
  for (const name of path.split(' ').filter((part) => part !== '')) {
    const inner = command.commands.find((child) => child.name() === name);
    if (inner === undefined) throw new Error(`there is no command ${path}`);
    command = inner;
  }
  return command;
}

describe('the help', () => {
  it('is there for every command', () => {
    const top = COMMANDS.filter((path) => !path.includes(' '));
    for (const name of [
      '',
      'ports',
      'info',
      'pub',
      'sub',
      'outbox',
      'provision',
      'sim',
      'replay',
      'trace',
      'demo',
    ]) {
      expect(top).toContain(name);
    }
    for (const name of ['profiles', 'completion']) expect(top).toContain(name);
    expect(top).not.toContain('complete-words');
  });

  it.each(COMMANDS)('has a description and examples that are right: atmqtt %s', async (path) => {
    const command = find(path);
    expect(command.description()).toMatch(/^\S.*[^.]$/);
    const examples = examplesOf(command);
    expect(examples.length).toBeGreaterThan(0);
    const own: string[] = [];
    for (const words of examples) own.push((await called(words)).join(' '));
    if (command.commands.length === 0) expect(own).toContain(path);
    else expect(own.every((other) => other.startsWith(path))).toBe(true);
  });

  it.each(COMMANDS)('says of every option what it is for: atmqtt %s', (path) => {
    for (const option of find(path).options) expect(option.description).not.toBe('');
  });
});

describe('calls', () => {
  it('are what a shell makes of an example', () => {
    expect(calls(`tail -f x | atmqtt sub -t 'a b' -F "%t" > file`)).toEqual([
      ['sub', '-t', 'a b', '-F', '%t'],
    ]);
    expect(calls('source <(atmqtt completion zsh)')).toEqual([['completion', 'zsh']]);
    expect(calls('export ATMQTT_LEDGER=factory.db')).toEqual([]);
  });

  it('are refused when they are wrong', async () => {
    await expect(called(['info', '--nonsense'])).rejects.toThrow(/unknown option/);
    await expect(called(['pub'])).rejects.toThrow(/required option/);
  });
});
