import { deepEqual, ok } from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect, formatTrace } from 'atmqtt';
import { SimulatedModem } from 'atmqtt/simulator';
import { startAliyunCloud } from 'atmqtt/simulator/aliyun';
import { startBroker } from 'atmqtt/simulator/broker';
import { TracePlayer } from 'atmqtt/simulator/trace-player';
import { useClient, useModem, useRegistration } from './library.js';

export async function onBroker(): Promise<void> {
  const broker = await startBroker();
  const modem = await SimulatedModem.start({ broker: broker.url });
  await useClient(modem.url);
  await useModem(modem.url);
  await playedBack(modem.url);
  await modem.close();
  await broker.close();
}

export async function onCloud(): Promise<void> {
  const cloud = await startAliyunCloud({
    products: [{ productKey: 'a1X2bEnP82z', productSecret: '7jluWm1zql7bt8qK' }],
  });
  const modem = await SimulatedModem.start({ broker: cloud.url });
  await useRegistration(modem.url, cloud.registration.url);
  await modem.close();
  await cloud.close();
}

async function playedBack(url: string): Promise<void> {
  const options = { broker: 'mqtt://broker.example', clientId: 'consumer' };
  const lines: string[] = [];
  const recorded = await connect(url, { ...options, trace: (entry) => lines.push(formatTrace(entry)) });
  await recorded.end();
  writeFileSync('recorded.trace', `${lines.join('\n')}\n`);
  const player = await TracePlayer.start('recorded.trace', { speed: Number.POSITIVE_INFINITY });
  const ended = once(player, 'ended');
  const client = await connect(player.url, options);
  await client.end();
  await ended;
  deepEqual(player.mismatches, []);
  ok(player.progress.played > 0);
  await player.close();
}
