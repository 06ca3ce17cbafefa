import type { Injector } from './injector.js';
import type { StationProcess } from './station-process.js';
import type { World } from './world.js';

/** What everybody is doing, for a case that does not end. */
export function situation(
  world: World,
  stations: readonly StationProcess[],
  { disturbances, waiting }: Injector,
): string {
  const station = stations.at(-1);
  const results = new Set(station?.lines.flatMap(({ event, port }) => (event === 'result' ? port : [])));
  const modules = world.units.map(({ imei, port, module }) => {
    const state = results.has(port) ? 'has its result' : 'has no result';
    const faults = module.faults.active.length === 0 ? '' : `, faults ${module.faults.active.join(' ')}`;
    return `${imei} at ${port} ${state}, last heard ${masked(world.witness.lastLine.get(imei))}${faults}`;
  });
  const faults = disturbances.map(({ fault, imei = '', until }) =>
    `${fault.kind.name} ${imei}${until === Number.POSITIVE_INFINITY ? ' (on)' : ''}`.trim(),
  );
  return [
    `station ${stations.length} ${station?.running ? 'runs' : 'has ended'}, told ${station?.lines.length} lines`,
    `last ${JSON.stringify(station?.lines.at(-1) ?? null)}`,
    `stderr ${JSON.stringify(station?.stderr.slice(-500) ?? '')}`,
    `online ${world.cloud
      .online()
      .map(({ deviceName }) => deviceName)
      .join(' ')}`,
    `faults so far: ${faults.join(', ')}; to come: ${waiting.map(({ kind }) => kind.name).join(', ')}`,
    ...modules,
  ].join('\n    ');
}

function masked(line = 'nothing'): string {
  return line.replace(/("aliauth",0,"[^"]*","[^"]*",")[^"]*/i, '$1***');
}
