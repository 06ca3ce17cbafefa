import { expect, it } from 'vitest';
import { aBroker, aFolder, aModule, BROKER, Listener } from './far-side.js';
import { RunningExample } from './running-example.js';

it('several modules work in one process under their IMEIs, and one that is missing disturbs no other', async () => {
  const broker = await aBroker();
  const there = await Listener.on(broker.url, 'up/#');
  const imeis = ['490154203237518', '356938035643809'];
  const modules = await Promise.all(imeis.map((imei) => aModule(broker.url, { identity: { imei } })));
  const ports = modules.map(({ url }) => url);
  const run = new RunningExample('several-modules.js', [
    BROKER,
    await aFolder(),
    '/dev/ttyMISSING',
    ...ports,
  ]);
  await run.shows('stderr', /^\/dev\/ttyMISSING: .*$/m);
  for (const imei of imeis) {
    await run.shows('stdout', new RegExp(`: ${imei} is up`));
    await there.client.publishAsync(`cmd/${imei}/signal`, '', { qos: 1 });
    while (!there.heard.some((one) => one.startsWith(`1 up/${imei}/signal {"rssi":`))) {
      await new Promise((next) => there.client.once('message', next));
    }
  }
  expect(there.heard).toHaveLength(2);
  // One loses its broker, and its first attempt to come back fails; the other one goes on.
  modules[0]?.faults.on('broker-loss');
  await run.shows('stderr', new RegExp(`^${ports[0]}: .*\\(attempt 2\\)`, 'm'));
  await there.client.publishAsync(`cmd/${imeis[1]}/signal`, '', { qos: 1 });
  while (there.heard.length < 3) await new Promise((next) => there.client.once('message', next));
  expect(there.heard[2]).toContain(`up/${imeis[1]}/signal`);
  modules[0]?.faults.off('broker-loss');
  await there.client.publishAsync(`cmd/${imeis[0]}/signal`, '', { qos: 1 });
  while (there.heard.length < 4) await new Promise((next) => there.client.once('message', next));
  expect(await run.terminate()).toBeNull();
});
