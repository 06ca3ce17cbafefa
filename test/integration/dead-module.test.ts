import { once } from 'node:events';
import { connect as connectSocket, createServer, type Socket } from 'node:net';
import { describe, it, type TestContext } from 'vitest';
import type { Client } from '../../src/client/client.js';
import { Rig, type RigOptions } from '../helpers/rig.js';

/** The reason of the first step of recovery. */
async function noticed(client: Client): Promise<{ code: string; silentFor: number }> {
  const start = performance.now();
  const [{ reason }] = await once(client, 'recovery');
  return { code: reason.code, silentFor: performance.now() - start };
}

async function start({ onTestFinished }: TestContext, options: RigOptions = {}): Promise<Rig> {
  const rig = await Rig.start(options);
  onTestFinished(() => rig.stop());
  return rig;
}

// Each has its rig, and most of them wait for the time limits of the driver.
describe.concurrent('an idle subscriber', () => {
  it('notices a module that is stopped, and comes back with it', async (context) => {
    const { expect } = context;
    const rig = await start(context);
    const other = await rig.other();
    const client = await rig.connect({ keepalive: 1 });
    await client.subscribe('down', { qos: 1 });
    rig.module.faults.on('silent');
    expect((await noticed(client)).code).toBe('NOT_RESPONDING');
    rig.module.faults.off('silent');
    await once(client, 'connect');
    const arrived = once(client, 'message');
    await other.publishAsync('down', 'again', { qos: 1 });
    expect(String((await arrived)[1])).toBe('again');
  });

  it('notices a line that carries NULs only', async (context) => {
    const { expect } = context;
    const rig = await start(context, { module: { listen: 'tcp://127.0.0.1:0' } });
    const { port } = new URL(rig.module.url);
    let flooded = false;
    const relay = createServer((socket) => {
      const module: Socket = connectSocket(Number(port), '127.0.0.1');
      module.on('data', (bytes: Buffer) => socket.write(flooded ? Buffer.alloc(4096) : bytes));
      socket.on('data', (bytes: Buffer) => {
        if (flooded) socket.write(Buffer.alloc(4096));
        else module.write(bytes);
      });
      for (const end of [socket, module]) end.on('error', () => {});
      socket.on('close', () => module.destroy());
      module.on('close', () => socket.destroy());
    });
    relay.listen(0, '127.0.0.1');
    await once(relay, 'listening');
    context.onTestFinished(() => {
      relay.close();
    });
    const address = relay.address() as { port: number };
    const client = await rig.connect({ keepalive: 1 }, `tcp://127.0.0.1:${address.port}`);
    flooded = true;
    expect((await noticed(client)).code).toBe('NOT_RESPONDING');
  });

  it('notices the end of a session whose report was lost', async (context) => {
    const { expect } = context;
    const rig = await start(context, { module: { faults: ['hidden-loss'] } });
    const client = await rig.connect({ keepalive: 60, idleCheck: 100 });
    const found = noticed(client);
    rig.module.dropBroker();
    expect((await found).code).toBe('SESSION_LOST');
    await once(client, 'connect');
  });

  it('asks nothing on the air, and only when nothing comes', async (context) => {
    const { expect } = context;
    const rig = await start(context);
    const commands: string[] = [];
    const packets: string[] = [];
    rig.broker.aedes.on('publish', ({ topic }) => packets.push(topic));
    rig.module.on('command', (line) => commands.push(line));
    const client = await rig.connect({ idleCheck: 50 });
    commands.splice(0);
    packets.splice(0);
    while (commands.length < 3) await once(rig.module, 'command');
    expect(commands).toEqual(['AT+LMQTTCONN?', 'AT+CGSN=1', 'AT+LMQTTCONN?']);
    expect(packets).toEqual([]);
    expect(client.connected).toBe(true);
  });
});
