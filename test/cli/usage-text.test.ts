import { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../src/cli/program.js';
import { usageText } from '../../src/cli/usage-text.js';

/** What a person is told of this command line. */
function told(...args: string[]): string {
  try {
    createProgram(() => {}).parse(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return usageText(error.message, args).replace(/\n/g, ' ');
    throw error;
  }
  throw new Error('there is nothing wrong with it');
}

describe('a mistake on the command line', () => {
  it.each([
    [['pubb'], "unknown command 'pubb' (Did you mean pub?)"],
    [['provision', 'reprot'], "unknown command 'reprot' (Did you mean report?)"],
    [['profile'], "unknown command 'profile' (Did you mean profiles?)"],
    [['info', '--jsno'], "unknown option '--jsno' (Did you mean --json?)"],
    [['ports', '--wtach'], "unknown option '--wtach' (Did you mean --watch?)"],
    [['info', '--prot=COM3'], "unknown option '--prot=***' (Did you mean --port?)"],
  ])('is told with what was meant: %j', (args, text) => {
    expect(told(...args)).toBe(`${text}; --help shows what there is`);
  });

  it.each(['--pasword=hunter2', "--pasword=it's-hunter2", '--pasword=a=hunter2', '--pasword=x\nhunter2'])(
    'is told without the value of an option that nobody knows: %j',
    (argument) => {
      const text = told('sub', '-t', 't', argument);
      expect(text).toContain("unknown option '--pasword=***'");
      expect(text).not.toMatch(/hunter2|it's/);
    },
  );

  it('is told with the new name where an old one was used', () => {
    expect(told('sim', '--profile', 'nt26')).toContain(
      '; the module is chosen with --module nt26 or nt35e; ',
    );
    expect(told('sim', '--profile=nt26')).toContain('; the module is chosen with --module nt26 or nt35e; ');
    expect(told('sim', '--profiles')).not.toContain('--module');
  });
});
