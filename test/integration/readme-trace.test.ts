import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { escapeBytes } from '../../src/util/escape.js';
import { Rig } from '../helpers/rig.js';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

it('the trace in the README is what goes over the wire', async () => {
  const rig = await Rig.start();
  try {
    const other = await rig.other();
    const lines: string[] = [];
    const client = await rig.connect({
      broker: 'mqtt://broker.example:1883',
      clientId: 'meter-7',
      clean: false,
      // 8564 bytes that nobody wants to read; the README says that they come first.
      fillUp: false,
      trace: ({ direction, bytes }) => lines.push(`${direction} ${escapeBytes(bytes)}`),
    });
    await client.subscribe('cmd/meter-7/#', { qos: 1 });
    await client.publish('up/meter-7', JSON.stringify({ t: 21.5 }), { qos: 1 });
    const arrived = once(client, 'message');
    await other.publishAsync('cmd/meter-7/set', '{"on":true}', { qos: 1 });
    await arrived;
    await client.end();
    expect(readme).toContain(`\`\`\`\n${lines.join('\n')}\n\`\`\``);
  } finally {
    await rig.stop();
  }
});
