import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DOT_COMMANDS, helpOn } from '../../../src/cli/console/dot/dot-commands.js';
import { dotNames } from '../../../src/cli/console/dot/dot-names.js';
import { COMMAND_HELP, helpFor, helpLines } from '../../../src/cli/console/help-text.js';
import { KNOWN_COMMANDS } from '../../../src/cli/decode/known-commands.js';
import { COMMANDS, VENDOR_COMMANDS } from '../../../src/dialects/lmqtt/declarations.js';
import { SETTING_KEYS } from '../../../src/dialects/lmqtt/settings.js';
import { SETTING_NAMES } from '../../../src/dialects/lmqtt/words/help.js';

const CORE = new URL('../../../src/at/commands/', import.meta.url);

/** Every declaration that a file of `src/at/commands` exports. */
async function coreDeclarations(): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const file of readdirSync(CORE).filter((name) => name.endsWith('.ts'))) {
    const module: Record<string, unknown> = await import(new URL(file, CORE).href);
    found.push(...Object.values(module).filter(isDeclaration));
  }
  return found;
}

function isDeclaration(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'request' in value && 'limits' in value;
}

describe('the help of the console', () => {
  it('knows every command that is declared', async () => {
    const declared = [...(await coreDeclarations()), ...COMMANDS, ...VENDOR_COMMANDS];
    expect(declared.length).toBeGreaterThan(30);
    expect(new Set(KNOWN_COMMANDS)).toEqual(new Set(declared));
    const helped = COMMAND_HELP.map(({ command }) => command);
    expect(new Set(helped)).toEqual(new Set(declared));
    expect(helped).toHaveLength(declared.length);
  });

  it.each(COMMAND_HELP)('gives an example of $syntax that its declaration reads', (help) => {
    expect(help.command.request.parse(help.example)).not.toBeUndefined();
    expect(help.source).toMatch(/\[[DMTCA]\b/);
    expect(help.about).not.toBe('');
    expect(helpFor(help.example)).toContain(help);
  });

  it.each(COMMAND_HELP)('explains each parameter of $syntax', ({ syntax, fields = [] }) => {
    const names = [...syntax.matchAll(/<([^>]+)>/g)]
      .map(([, name]) => name)
      .filter((name) => name !== 'values');
    const explained = fields.map(([name]) => name);
    if (!syntax.includes('LMQTTCFG')) expect(explained).toEqual(names);
  });

  it('has the values of every key of LMQTTCFG', () => {
    expect([...SETTING_NAMES].sort()).toEqual([...SETTING_KEYS].sort());
  });

  it('shows fields, ranges, time limits and source', () => {
    expect(helpFor('AT+LMQTTOPEN ').flatMap(helpLines)).toEqual([
      'AT+LMQTTOPEN=<id>,"<host>",<port>  open TCP or TLS to the broker',
      '  id       0–4; the firmware of today serves 0 only [M]',
      '  host     name or address, 1–100 bytes',
      '  port     1–65535',
      '  limits   answer 5 s, result 180 s',
      '  example  AT+LMQTTOPEN=0,"broker.example",1883',
      '  source   lmqtt.md 3 [M]',
    ]);
  });

  it('finds a command by any of its forms, in either case', () => {
    for (const asked of ['AT+CEREG', 'at+cereg?', '+CEREG', 'AT+CEREG=2']) {
      expect(helpFor(asked).map(({ syntax }) => syntax)).toEqual(['AT+CEREG=<n>', 'AT+CEREG?']);
    }
    expect(helpFor('ATE1').map(({ syntax }) => syntax)).toEqual(['ATE<echo>']);
    expect(helpFor('AT+CSQX')).toEqual([]);
  });

  it('knows the dot-commands, with and without their dot', () => {
    expect(dotNames()).toEqual(DOT_COMMANDS.map(({ name }) => name));
    for (const { name, usage } of DOT_COMMANDS) {
      expect(usage.split(' ')[0]).toBe(name);
      expect(helpOn(name, DOT_COMMANDS)[0]).toBe(usage);
      expect(helpOn(name.slice(1), DOT_COMMANDS)[0]).toBe(usage);
    }
  });
});
