import type { World } from './world.js';

/** The command line of a station, by default at all ports of a world; limits in s, far below the usual ones. */
export function stationArgs(
  { ledger, units, way, cloud, relays }: World,
  name: string,
  ports = units.map(({ port }) => port),
): string[] {
  const [, http] = relays;
  const { hostname } = new URL(cloud.registration.url);
  return [
    ...ports.flatMap((port) => ['--port', port]),
    ...['--ledger', ledger, '--station', name, '--operator', 'ada', '--host', 'cloud.example'],
    ...(way === 'http' ? ['--registration-url', `http://${hostname}:${http.port}`] : []),
    ...(way === 'module' ? ['--register-through-module'] : []),
    ...['--start-timeout', '2', '--network-timeout', '6', '--connect-timeout', '6', '--proof-timeout', '3'],
    ...['--registration-timeout', '4', '--tries', '2'],
  ];
}
