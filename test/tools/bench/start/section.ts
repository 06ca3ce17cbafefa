import { forkFile, messageOf } from '../../shared/own-process.js';
import { median } from '../../shared/statistics.js';
import { table } from '../../shared/table.js';
import type { Section } from '../section.js';
import { commandsFor, importing, NODE } from './commands.js';
import type { Running } from './module.js';
import { residentOf, type Times, timed } from './timed.js';

const ROUNDS = 9;

export async function startSection(): Promise<Section> {
  const child = forkFile(new URL('module.js', import.meta.url), null);
  const running = await messageOf<Running>(child);
  const times = await inTurn(commandsFor(running)).finally(() => child.disconnect());
  const resident = {
    node: await residentOf(''),
    atmqtt: await residentOf(importing('atmqtt')),
    mqtt: await residentOf(importing('mqtt')),
  };
  const more = (name: 'atmqtt' | 'mqtt') => `${(resident[name] - resident.node).toFixed(1)} MB more`;
  const node = times.get(NODE)?.cpu ?? Number.NaN;
  const ratio = (ours: string, theirs: string) =>
    (times.get(ours)?.cpu ?? Number.NaN) / (times.get(theirs)?.cpu ?? Number.NaN);
  return {
    ratios: {
      'CPU, pub / mqtt pub': ratio('atmqtt pub', 'mqtt pub'),
      'CPU, --version / mqtt': ratio('atmqtt --version', 'mqtt version'),
      'CPU, import atmqtt / mqtt': ratio(importing('atmqtt'), importing('mqtt')),
    },
    data: { start: Object.fromEntries(times), resident },
    lines: [
      ...table(
        ['Start', 'wall', 'CPU', 'more than node'],
        [...times].map(([name, { wall, cpu }]) => [name, ...[wall, cpu, cpu - node].map(milliseconds)]),
      ),
      `Resident: node ${resident.node.toFixed(1)} MB, with atmqtt ${more('atmqtt')}, with mqtt ${more('mqtt')}`,
    ],
  };
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

function milliseconds(ms: number): string {
  return `${ms.toFixed(0)} ms`;
}
