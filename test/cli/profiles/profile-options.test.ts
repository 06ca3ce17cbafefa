import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addConnectionOptions } from '../../../src/cli/options/connection-options.js';
import { addModemOptions } from '../../../src/cli/options/global-options.js';
import {
  isKept,
  keyOf,
  maskedValues,
  typedValue,
  withoutSecrets,
} from '../../../src/cli/profiles/profile-options.js';
import { profileOptions, towards } from '../../../src/cli/profiles/settled-options.js';

function connectionCommand(): Command {
  return addConnectionOptions(addModemOptions(new Command('pub'))).exitOverride();
}

/** A value that each option that takes one accepts. */
const SAMPLES: Readonly<Record<string, string>> = {
  baud: '9600',
  'start-timeout': '2.5',
  'registration-timeout': '0.001',
  'connect-timeout': '2147483',
  keepalive: '0',
  'will-qos': '2',
  'max-inflight': '64',
  module: 'nt35e',
};

describe('the values of a profile', () => {
  it('are read as they were typed, whatever the option', () => {
    const typed = connectionCommand();
    const options = typed.options.filter(isKept);
    const words = options.flatMap((option) =>
      option.isBoolean()
        ? [`--${keyOf(option)}`]
        : [`--${keyOf(option)}`, SAMPLES[keyOf(option)] ?? option.argChoices?.[0] ?? 'text'],
    );
    typed.parse(words, { from: 'user' });
    const given = typed.opts();
    const values = options.map((option) => [
      keyOf(option),
      typedValue(option, given[option.attributeName()]),
    ]);
    expect(profileOptions('p', Object.fromEntries(values), connectionCommand(), options)).toEqual(given);
    expect(Object.keys(given).length).toBeGreaterThanOrEqual(17);
  });

  it('never hold what is said of one call only', () => {
    const kept = connectionCommand().options.filter(isKept).map(keyOf);
    for (const key of [
      'json',
      'debug',
      'trace',
      'trace-secrets',
      'save',
      'save-secrets',
      'profile',
      'cafile',
    ]) {
      expect(kept).not.toContain(key);
    }
  });

  it('are left out where the command has no such option', () => {
    const known = connectionCommand().options.filter(isKept);
    const info = addModemOptions(new Command('info'));
    expect(profileOptions('p', { port: 'COM3', broker: 'mqtt://h' }, info, known)).toEqual({ port: 'COM3' });
  });

  it.each([
    [{ keepalive: '9999' }, /^profile p: keepalive is "9999", but must be a whole number from 0 to 3600$/],
    [{ keepalive: true }, /keepalive is true, but must be text/],
    [{ buffered: 'yes' }, /buffered is "yes", but must be true/],
    [{ module: 'nt27' }, /module is "nt27", but/],
    [{ brokr: 'mqtt://h' }, /brokr: profiles keep no option of this name$/],
    [{ trace: 'file' }, /trace: profiles keep no option of this name$/],
  ] as const)('are refused if a hand has spoilt them: %o', (values, message) => {
    const known = connectionCommand().options.filter(isKept);
    expect(() => profileOptions('p', values, connectionCommand(), known)).toThrow(message);
  });
});

describe('a profile that leads elsewhere than the command line', () => {
  const broker = {
    port: 'x',
    broker: 'mqtt://h',
    username: 'u',
    pw: 'p',
    'will-topic': 'w',
    keepalive: '60',
  };
  const cloud = { port: 'x', region: 'cn-shanghai', ledger: 'l.db', sign: 'host', keepalive: '60' };
  const rest = { port: 'x', keepalive: '60' };

  it('gives what is no matter of where it leads', () => {
    expect(towards({ broker: 'mqtt://other' }, cloud)).toEqual(rest);
    expect(towards({ region: 'cn-beijing' }, broker)).toEqual(rest);
    expect(towards({ aliyunHost: 'h' }, broker)).toEqual(rest);
  });

  it('gives all of it where both lead to the same kind of place, or the command line says nothing', () => {
    expect(towards({ broker: 'mqtt://other' }, broker)).toEqual(broker);
    expect(towards({ region: 'cn-beijing' }, cloud)).toEqual(cloud);
    expect([towards({}, broker), towards({}, cloud)]).toEqual([broker, cloud]);
  });
});

describe('passwords', () => {
  it.each([
    ['mqtt://user:hunter2@h:1883', 'mqtt://user@h:1883', 'mqtt://user:***@h:1883'],
    ['mqtts://user:hun:ter2@h/', 'mqtts://user@h/', 'mqtts://user:***@h/'],
    ['mqtt://user:hunt@er2@h', 'mqtt://user@h', 'mqtt://user:***@h'],
    ['mqtt://:hunter2@h', 'mqtt://@h', 'mqtt://:***@h'],
  ])('are taken out of %s', (broker, open, masked) => {
    expect(withoutSecrets({ broker, pw: 'hunter2', id: 'm' })).toEqual({
      values: { broker: open, id: 'm' },
      removed: true,
    });
    expect(withoutSecrets({ broker })).toMatchObject({ removed: true });
    expect(maskedValues({ broker, pw: 'hunter2', id: 'm', buffered: true })).toEqual({
      broker: masked,
      pw: '***',
      id: 'm',
      buffered: true,
    });
  });

  it.each(['mqtt://h:1883', 'mqtt://user@h:1883', 'mqtt://[::1]:1883', 'h:1883'])(
    'are not seen in %s',
    (broker) => {
      expect(withoutSecrets({ broker })).toEqual({ values: { broker }, removed: false });
      expect(maskedValues({ broker })).toEqual({ broker });
    },
  );
});
