import { startAliyunCloud } from '../../../../src/simulator/aliyun/aliyun-cloud.js';
import { delay } from '../../../../src/util/delay.js';
import { planOfProcess } from '../../shared/own-process.js';
import type { FloorPlan, FromFloor, ToFloor } from './floor-messages.js';
import { Place } from './place.js';

/**
 * The line without the station: modules, cloud, and the hands that change the modules. A process of its own, so that
 * what it costs is not counted as the station's.
 */
const PRODUCT_KEY = 'a1X2bEnP82z';

const plan = planOfProcess<FloorPlan>();
const tell = (message: FromFloor): void => void process.send?.(message);

const triples = Array.from({ length: plan.ports * plan.unitsPerPort }, (_, index) => ({
  productKey: PRODUCT_KEY,
  deviceName: `meter-${index + 1}`,
  deviceSecret: `secretOfMeter${index + 1}xxxxxxxxxxxxxxxxxxxx`.slice(0, 32),
}));
const cloud = await startAliyunCloud({ products: [{ productKey: PRODUCT_KEY, devices: triples }] });
const places = Array.from({ length: plan.ports }, (_, index) => new Place(plan, cloud.url, index, tell));
await Promise.all(places.map((place) => place.open()));

async function begin(): Promise<void> {
  await Promise.all(
    places.map(async (place, index) => {
      await delay(index * plan.apart);
      await place.next();
    }),
  );
}

process.on('message', async (message: ToFloor) => {
  if (message.kind === 'begin') await begin();
  if (message.kind === 'next') await places[message.port]?.next();
  if (message.kind !== 'end') return;
  await Promise.all(places.map((place) => place.close()));
  await cloud.close();
  process.disconnect();
});
tell({ kind: 'ready', urls: places.map(({ url }) => url), triples, registrationUrl: cloud.registration.url });
