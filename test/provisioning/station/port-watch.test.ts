import { expect, it } from 'vitest';
import { PortWatch } from '../../../src/provisioning/station/port-watch.js';

it('tells each port once, when it is first seen, and remembers one that vanishes', async () => {
  const looks = [['/dev/a'], ['/dev/a', '/dev/b'], ['/dev/b'], ['/dev/a', '/dev/c']];
  const stop = new AbortController();
  const found: string[] = [];
  const list = async () => {
    const paths = looks.shift() ?? [];
    if (looks.length === 0) setImmediate(() => stop.abort());
    return paths.map((path) => ({ path }));
  };
  await new PortWatch(list, 1).watch(stop.signal, (port) => found.push(port));
  expect(found).toEqual(['/dev/a', '/dev/b', '/dev/c']);
});
