import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { NotRun } from '../../shared/not-run.js';
import { openMqttJs } from '../far/mqttjs.js';
import { Cleanup } from '../harness/cleanup.js';
import { message, text } from '../harness/messages.js';
import { ACCOUNT, type Broker, type Door, type Endpoint } from './broker.js';
import { librariesOf, startEjabberd, versionOf } from './ejabberd.js';

const hasEjabberd = existsSync('/usr/sbin/ejabberdctl');

if (!hasEjabberd) console.warn('SKIPPED: tests with ejabberd need ejabberd');

it('is left out with the name of its package where it is not installed', async () => {
  const failed = startEjabberd(new Cleanup(), '/nowhere/ejabberdctl');
  await expect(failed).rejects.toThrow(NotRun);
  await expect(failed).rejects.toThrow('ejabberd is not installed (Debian package: ejabberd)');
});

describe('what ejabberd says of itself', () => {
  it('is where its libraries are, in its script', () => {
    const script = "ERL_INETRC='/etc'\nERL_LIBS='/usr/lib/aarch64-linux-gnu'\nexport ERL_LIBS\n";
    expect(librariesOf(script)).toBe('/usr/lib/aarch64-linux-gnu');
    expect(() => librariesOf('export ERL_LIBS\n')).toThrow('does not say where its libraries are');
  });

  it('is its version, in its log', () => {
    const line = '[info] ejabberd 23.01-1 is started in the node nonode@nohost in 2.54s\n';
    expect(versionOf(`[info] Loading modules\n${line}`)).toBe('23.01-1');
    expect(versionOf('nothing')).toBe('?');
  });
});

describe.skipIf(!hasEjabberd)('ejabberd, started for a run', () => {
  async function start(): Promise<{ broker: Broker; cleanup: Cleanup; folder: string }> {
    const folder = mkdtempSync(join(tmpdir(), 'atmqtt-ejabberd-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    vi.stubEnv('TMPDIR', folder);
    onTestFinished(() => void vi.unstubAllEnvs());
    const cleanup = new Cleanup();
    onTestFinished(() => cleanup.run());
    return { broker: await startEjabberd(cleanup), cleanup, folder };
  }

  function endpoint(broker: Broker, door: Door): Endpoint {
    const found = broker.doors[door];
    if (typeof found === 'string') throw new Error(found);
    return found;
  }

  it('lets in through each door who it should, and is gone with the run', async () => {
    const { broker, cleanup, folder } = await start();
    expect(broker.title).toMatch(/^ejabberd \d/);
    const subscriber = await openMqttJs('mqtt', endpoint(broker, 'guarded'), ACCOUNT);
    await subscriber.subscribe([{ topic: 'open/1', qos: 1 }]);
    for (const [scheme, door] of [
      ['mqtt', 'plain'],
      ['mqtts', 'tls'],
      ['ws', 'ws'],
    ] as const) {
      const client = await openMqttJs(scheme, endpoint(broker, door));
      await client.publish([message('open/1', door)]);
      expect(text(await subscriber.inbox.next())).toBe(`open/1 ${door}`);
      await client.end();
    }
    await subscriber.end();
    const wrong = openMqttJs('mqtt', endpoint(broker, 'guarded'), { ...ACCOUNT, password: 'wrong' });
    await expect(wrong).rejects.toThrow('Not authorized');
    const { host, port } = endpoint(broker, 'plain');
    await cleanup.run();
    await expect(once(connect({ host, port }), 'connect')).rejects.toThrow('ECONNREFUSED');
    expect(readdirSync(folder)).toEqual([]);
  }, 150_000);
});
