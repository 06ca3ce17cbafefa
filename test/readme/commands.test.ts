import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { BLOCKS, placeOf, README } from './blocks.js';
import { kindOf } from './languages.js';
import { refusalOf, toolRefusalOf } from './parse-command.js';
import { type Command, commandsOf, scriptOf } from './shell-lines.js';
import { linesOfSynopsis } from './synopsis.js';

const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  scripts: Record<string, string>;
};

/** Tools that the README may ask for. */
const FOREIGN = ['sqlite3', 'cp', 'date', 'mosquitto_pub', 'mosquitto_sub', 'node', 'npx', 'sudo'];

const NPM_COMMANDS = ['ci', 'install', 'i', 'pack'];

afterEach(() => void vi.unstubAllEnvs());

/** Why the command would not do; undefined if it would. */
async function faultOf({ words: [name = '', ...args], environment }: Command): Promise<string | undefined> {
  if (name === 'atmqtt') {
    for (const [variable, value] of Object.entries(environment)) vi.stubEnv(variable, value);
    return refusalOf(args);
  }
  if (name === 'npm') return faultOfNpm(args);
  return FOREIGN.includes(name) ? undefined : `what is ${name}?`;
}

async function faultOfNpm([command = '', ...args]: readonly string[]): Promise<string | undefined> {
  if (NPM_COMMANDS.includes(command)) return undefined;
  const script = command === 'run' ? args[0] : command;
  if (!Object.hasOwn(scripts, script ?? '')) return `there is no script ${script}`;
  return script === 'tool' && args[1] === '--' ? toolRefusalOf(args.slice(2)) : undefined;
}

const shells = BLOCKS.filter((block) => kindOf(block) === 'shell').map(
  (block) => [placeOf(block), block] as const,
);

/** `atmqtt …` and `npm run …` within the text: often shortened, so an option may lack that another one needs. */
const SPAN = /`((?:atmqtt|npm) [a-z][^`\n]*)`/g;

const prose = README.replace(/^(`{3,})[\s\S]*?^\1$/gm, '');
const spans = [...new Set(Array.from(prose.matchAll(SPAN), ([, text = '']) => text))];

const SHORTENED = /argument missing|missing required argument|not specified/;

/** The faults of all commands of a script, by command. */
async function faultsOf(script: string): Promise<ReadonlyMap<string, string>> {
  const faults = new Map<string, string>();
  for (const command of commandsOf(script)) {
    const fault = await faultOf(command);
    if (fault !== undefined) faults.set(command.words.join(' '), fault);
  }
  return faults;
}

describe('a command in the README', () => {
  it.each(shells)('is one that the program takes: %s', async (_place, block) => {
    const script = scriptOf(block).split('\n').flatMap(linesOfSynopsis).join('\n');
    expect(commandsOf(script)).not.toEqual([]);
    expect(await faultsOf(script)).toEqual(new Map());
  });

  it.each(spans)('is one, within the text: %s', async (text) => {
    const faults = await faultsOf(linesOfSynopsis(text).join('\n'));
    expect([...faults.values()].filter((fault) => !SHORTENED.test(fault))).toEqual([]);
  });
});

describe('a block of the README', () => {
  it.each(BLOCKS.map((block) => [placeOf(block), block] as const))(
    'has a language that is known: %s',
    (_place, block) => {
      expect(kindOf(block), `language ${JSON.stringify(block.language)}`).toBeDefined();
    },
  );

  it('is closed again', () => {
    expect(README.match(/^```/gm)?.length).toBe(2 * BLOCKS.length);
  });
});
