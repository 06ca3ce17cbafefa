import { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../src/cli/program.js';
import { hostMistake, usageText } from '../../src/cli/usage-failure.js';

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

describe('-h with a host, as mosquitto_pub takes it', () => {
  const mistake = (...args: string[]) =>
    hostMistake(
      createProgram(() => {}),
      args,
    );

  it.each([
    [['pub', '-h', 'localhost', '-t', 'a', '-m', 'b']],
    [['pub', '-t', 'a', '-m', '-h', '-h', 'localhost']],
    [['-d', 'sub', '-t', 'a', '-h', 'localhost']],
  ])('is told with the option that takes it: %j', (args) => {
    expect(mistake(...args)).toBe(
      '-h shows help here and takes no host: give the broker with -b mqtt://host:port, for example -b mqtt://localhost',
    );
  });

  it.each([
    [['pub', '-h']],
    [['pub', '-h', '-d']],
    [['pub', '-t', 'a', '-m', '-h', 'more']],
    [['-h', 'pub']],
    [['info', '-h', 'x']],
  ])('is not seen in %j', (args) => expect(mistake(...args)).toBeUndefined());
});

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

  it.each([
    [['pub', '--topc', 'a'], "unknown option '--topc' (Did you mean --topic?)"],
    [['sub', '--topc=a'], "unknown option '--topc=***' (Did you mean --topic?)"],
    [['pub', '-x', 'a'], "unknown option '-x'; the module speaks MQTT 3.1.1 and 3.1"],
    [['pub', '-m', 'a'], "required option '-t, --topic <topic>' not specified"],
  ])('names an unknown option before one that is missing: %j', (args, text) => {
    expect(told(...args)).toBe(`${text}; --help shows what there is`);
  });

  it.each(['--host', '-L', '--url', '-I', '-V', '--cert', '--pwfile'])(
    'says what to do instead of the %s of mosquitto_pub, to those who publish and subscribe',
    (flag) => {
      expect(told('pub', '-t', 'a', flag, 'x')).toMatch(
        new RegExp(`^unknown option '${flag}'.*; .+; --help`),
      );
      expect(told('info', flag, 'x')).toMatch(/^unknown option '[^;]*; --help/);
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
