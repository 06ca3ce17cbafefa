// node catch-up.js <port> <broker> [quiet ms]
import { connect } from 'atmqtt';

const [port, broker, quiet = '5000'] = process.argv.slice(2);

// The broker knows the device by its client id, and keeps messages with QoS 1 and 2 for it.
const client = await connect(port, { broker, clientId: 'meter-7', clean: false });
await client.subscribe('cmd/meter-7/#', { qos: 1 });

// MQTT does not say how many there are: nothing new for a while means that all have come.
const timer = setTimeout(() => client.end(), Number(quiet));
for await (const { topic, payload } of client.messages()) {
  timer.refresh();
  console.log(`${topic} ${payload}`);
}
