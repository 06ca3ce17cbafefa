import mqtt, { type MqttClient } from 'mqtt';
import type { Client } from '../../../src/client/client.js';
import { connect } from '../../../src/client/connect.js';
import { type EmbeddedBroker, startBroker } from '../../../src/simulator/embedded-broker.js';
import { SimulatedModem } from '../../../src/simulator/simulated-modem.js';
import { openTransport } from '../../../src/transport/open.js';
import { Downlinks } from './downlinks.js';
import type { SoakPlan } from './plan.js';
import { Uplinks } from './uplinks.js';

const CLIENT_ID = 'soak';
const TOPICS = ['0', '1', '2'];

/** ms of a round trip to the broker. It delays results only: what the module has acknowledged is on the line at once. */
const ROUND_TRIP = 150;

/** A broker, a simulated module, our client on it, and an ordinary client at the far end. */
export interface World {
  readonly broker: EmbeddedBroker;
  readonly modem: SimulatedModem;
  readonly client: Client;
  readonly far: MqttClient;
  readonly up: Uplinks;
  readonly down: Downlinks;
}

export async function build({ seed, reconnectPeriod, maxReconnectPeriod }: SoakPlan): Promise<World> {
  const broker = await startBroker();
  const far = await mqtt.connectAsync(broker.url, { keepalive: 0 });
  const modem = await SimulatedModem.start({
    broker: broker.url,
    seed,
    latency: { response: 5, boot: 1_000 },
    faults: [`late-result=${ROUND_TRIP}`],
  });
  const down = new Downlinks(
    far,
    TOPICS.map((topic) => `down/${topic}`),
  );
  down.watchModem(modem);
  const client = await connect(async () => down.tap.attach(await openTransport(modem.url)), {
    broker: 'mqtt://broker.example',
    clientId: CLIENT_ID,
    clean: false,
    reconnectPeriod,
    maxReconnectPeriod,
  });
  const up = new Uplinks(
    client,
    far,
    TOPICS.map((topic) => `up/${topic}`),
  );
  down.watch(client, broker.aedes, CLIENT_ID);
  await far.subscribeAsync('up/#', { qos: 1 });
  await client.subscribe('down/#', { qos: 1 });
  return { broker, modem, client, far, up, down };
}

export async function tearDown({ broker, modem, client, far }: World): Promise<void> {
  await client.end();
  await modem.close();
  await far.endAsync(true);
  await broker.close();
}
