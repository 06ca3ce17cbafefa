// node chat-module.js <port> <broker> <name>
import { createInterface } from 'node:readline';
import { connect } from 'atmqtt';

const [port, broker, name] = process.argv.slice(2);

const client = await connect(port, { broker, clientId: name, clean: false });
client.on('message', (topic, payload) => console.log(`${topic.slice('chat/'.length)}: ${payload}`));
client.on('recovery', ({ sentence }) => console.error(sentence));
await client.subscribe('chat/+', { qos: 1 });

// Everybody speaks on a topic of their own, named after them, and hears themselves as well.
for await (const line of createInterface({ input: process.stdin })) {
  await client.publish(`chat/${name}`, line, { qos: 1 });
}
await client.end();
