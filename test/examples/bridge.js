// node bridge.js <port> <broker> <local broker> <outbox file>
import { setTimeout as after } from 'node:timers/promises';
import { connect } from 'atmqtt';
import mqtt from 'mqtt';

const [port, broker, localBroker, file] = process.argv.slice(2);

// A topic goes one way only: what was carried across is never carried back.
const DOWN = 'cmd/';
const UP = 'up/';

// Kept sessions on both sides: each broker keeps what comes while the bridge is away.
const session = { clientId: 'bridge-7', clean: false };
const outbox = { file, maxMessages: 10_000, qosZero: true };
const remote = await connect(port, { ...session, broker, outbox });
const local = mqtt.connect(localBroker, session);

remote.on('message', (topic, payload) => {
  if (topic.startsWith(DOWN)) local.publish(topic, payload, { qos: 1 });
});
remote.on('recovery', ({ sentence }) => console.error(sentence));
remote.on('undelivered', ({ topic }, error) => console.error(`${topic} is lost: ${error.message}`));
local.on('error', (error) => console.error(`local broker: ${error.message}`));

// mqtt.js acknowledges a message when `done` is called: when it is on the disk.
local.handleMessage = ({ topic, payload, qos }, done) => {
  if (topic.startsWith(UP)) accepted(topic, payload, qos).then(done);
  else done();
};

async function accepted(topic, payload, qos) {
  const link = local.stream;
  for (let waiting = false; ; waiting = true) {
    try {
      return await remote.publish(topic, payload, { qos }).accepted;
    } catch (error) {
      if (error.code === 'CLOSED') return new Promise(() => {}); // never acknowledged: it comes again
      if (error.code !== 'QUEUE_FULL') return console.error(`${topic} cannot be sent: ${error.message}`);
    }
    // mqtt.js reads nothing meanwhile; over a new link the local broker sends the message again.
    if (!waiting) console.error('the outbox is full, the local broker keeps the rest');
    await after(1000);
    if (local.stream !== link) return new Promise(() => {});
  }
}

await remote.subscribe(`${DOWN}#`, { qos: 1 });
// Not 2: mqtt.js answers such a message before it hands it over, and a kill in between loses it.
await local.subscribeAsync(`${UP}#`, { qos: 1 });
console.log('bridged');

process.once('SIGTERM', async () => {
  await remote.end();
  await local.endAsync();
});
