import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Section } from '../section.js';
import { packageFile } from '../source-file.js';
import { median } from '../statistics.js';
import type { Running } from './module.js';
import { type Times, timed } from './timed.js';

const ROUNDS = 9;

const NODE = 'node -e 0';

export async function startSection(): Promise<Section> {
  if (!existsSync(packageFile('dist/cli/main.js'))) throw new Error('npm run build first');
  const child = fork(fileURLToPath(new URL('module.js', import.meta.url)));
  const [running] = (await once(child, 'message')) as [Running];
  const times = await inTurn(commandsFor(running)).finally(() => child.disconnect());
  const node = times.get(NODE)?.cpu ?? Number.NaN;
  const ratio = (ours: string, theirs: string) =>
    (times.get(ours)?.cpu ?? Number.NaN) / (times.get(theirs)?.cpu ?? Number.NaN);
  return {
    ratios: {
      'CPU, pub / mqtt pub': ratio('atmqtt pub', 'mqtt pub'),
      'CPU, --version / mqtt': ratio('atmqtt --version', 'mqtt version'),
    },
    data: { start: Object.fromEntries(times) },
    lines: [
      'Start                         wall       CPU  more than node',
      ...[...times].map(
        ([name, { wall, cpu }]) =>
          `${name.padEnd(24)} ${wall.toFixed(0).padStart(6)} ms ${cpu.toFixed(0).padStart(6)} ms ${(cpu - node).toFixed(0).padStart(12)} ms`,
      ),
    ],
  };
}

/** `mqtt` is the command line of MQTT.js: without a module, straight to the broker. */
function commandsFor({ url, brokerPort }: Running): ReadonlyMap<string, readonly string[]> {
  const node = process.execPath;
  const atmqtt = [node, packageFile('bin/atmqtt.js')];
  const mqtt = [node, packageFile('node_modules/mqtt/build/bin/mqtt.js')];
  const message = ['-t', 'bench', '-m', '21.5', '-q', '1'];
  const broker = ['-h', '127.0.0.1', '-p', String(brokerPort)];
  return new Map([
    [NODE, [node, '-e', '0']],
    ['atmqtt --version', [...atmqtt, '--version']],
    ['atmqtt --help', [...atmqtt, '--help']],
    ['atmqtt pub', [...atmqtt, 'pub', '-p', url, '-b', 'mqtt://broker.example', ...message]],
    ['mqtt version', [...mqtt, 'version']],
    ['mqtt help', [...mqtt, 'help']],
    ['mqtt pub', [...mqtt, 'pub', ...broker, ...message]],
  ]);
}

async function inTurn(commands: ReadonlyMap<string, readonly string[]>): Promise<Map<string, Times>> {
  const runs = new Map<string, Times[]>([...commands.keys()].map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, command] of commands) runs.get(name)?.push(await timed(command));
  }
  const middle = (list: readonly Times[], key: keyof Times) => median(list.map((times) => times[key]));
  return new Map(
    [...runs].map(([name, list]) => [name, { wall: middle(list, 'wall'), cpu: middle(list, 'cpu') }]),
  );
}
