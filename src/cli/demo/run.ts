import { connectAsync as connectOrdinary, type MqttClient } from 'mqtt';
import { connect } from '../../client/connect.js';
import { startBroker } from '../../simulator/embedded-broker.js';
import { SimulatedModem } from '../../simulator/simulated-modem.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Invocation } from '../invocation.js';
import type { GlobalOptions } from '../options/global-options.js';
import { Resources } from '../resources.js';
import { Mailbox, travel } from './journey.js';
import { jsonNarrator, type Narrator, textNarrator } from './narrator.js';

/** ms for all of it; it takes about two seconds. */
const TIME_LIMIT = 60_000;

/** ms; enough to see results come after their OK, as they do on the air. */
const LATENCY = { roundTrip: 60, response: 15 };

export async function run({ json = false }: GlobalOptions, invocation: Invocation): Promise<ExitCode> {
  const narrator = json ? jsonNarrator(invocation.output) : textNarrator(invocation.output);
  const signal = AbortSignal.any([invocation.signal, AbortSignal.timeout(TIME_LIMIT)]);
  const resources = new Resources();
  try {
    const broker = resources.add(await startBroker(), (started) => started.close());
    const modem = resources.add(
      await SimulatedModem.start({ broker: broker.url, latency: LATENCY }),
      (started) => started.close(),
    );
    const ordinary = resources.add(
      await connectOrdinary(broker.url, { reconnectPeriod: 0 }, false),
      (connected) => connected.endAsync(),
    );
    narrator.step(`A broker runs on ${broker.url}, a simulated module on ${modem.url}.`);
    await visit(modem.url, ordinary, narrator, signal);
    narrator.step('Done: every message arrived, in both directions, byte for byte.');
  } finally {
    await resources.close();
  }
  return EXIT.DONE;
}

/** One session of the module, from the first AT to DISCONNECT. */
async function visit(
  url: string,
  ordinary: MqttClient,
  narrator: Narrator,
  signal: AbortSignal,
): Promise<void> {
  const ordinaryInbox = new Mailbox(signal);
  ordinary.on('message', (topic, payload) => ordinaryInbox.put(topic, payload));
  await ordinary.subscribeAsync('demo/up/#', { qos: 2 });
  narrator.step('Connect: is the module there, does it have a network, then settings, TCP and MQTT CONNECT.');
  const client = await connect(url, {
    broker: 'mqtt://broker.example',
    clientId: 'meter-7',
    signal,
    trace: (entry) => narrator.traffic(entry),
  });
  const inbox = new Mailbox(signal);
  client.on('message', (topic, payload) => inbox.put(topic, payload));
  try {
    await travel({ client, inbox, ordinary, ordinaryInbox }, narrator);
    narrator.step('Disconnect in order, so that the broker does not publish a will.');
  } finally {
    await client.end({ force: signal.aborted });
  }
}
