import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { has } from '../../../helpers/processes.js';
import { NotRun } from '../../shared/not-run.js';
import { message } from '../harness/messages.js';
import { bothWays } from './accounts.js';
import type { Feature } from './feature.js';

/** By our own way to read serial ports, then by the stock one. All other rows have the module on TCP. */
const PTY: Feature = {
  name: 'pty',
  title: 'the module on a pseudo-terminal',
  scope: 'broker',
  run: async (bench) => {
    if (!(await has('socat', ['-V']))) throw new NotRun('socat is not installed');
    const path = join(tmpdir(), `atmqtt-interop-${randomBytes(4).toString('hex')}`);
    const witness = await bench.witness();
    for (const binding of ['poll', 'stock']) {
      const port = () => `serial://${path}?binding=${binding}`;
      const near = await bench.near({ module: { listen: `pty:${path}` }, port });
      await bothWays(bench, near, witness);
      await near.client.end();
      await near.module.close();
    }
  },
};

/** MQTT 3.1.1 4.7.2: `#` does not match topics that begin with `$`. */
const SYSTEM: Feature = {
  name: 'sys',
  title: '`$SYS/#` delivered, and kept apart from `#`',
  scope: 'broker',
  run: async (bench) => {
    bench.needs('sys');
    const listener = await bench.near();
    await listener.client.subscribe('$SYS/#', { qos: 0 });
    const all = await bench.near();
    await all.client.subscribe('#', { qos: 1 });
    // Some brokers tell of clients that come, others of everything once in a second.
    const witness = await bench.witness();
    const { topic } = await listener.inbox.next();
    assert.ok(topic.startsWith('$SYS/'), topic);
    await witness.publish([message(bench.topic('fence'), 'over')]);
    while ((await all.inbox.next()).topic !== bench.topic('fence'));
    const apart = all.inbox.all.filter((one) => one.topic.startsWith('$SYS'));
    assert.deepEqual(apart, [], '# matched topics below $SYS');
  },
};

export const WAYS: readonly Feature[] = [PTY, SYSTEM];
