// A service: settings come from the environment, see gateway.service.
import { readFile } from 'node:fs/promises';
import { connect } from 'atmqtt';

const {
  ATMQTT_PORT,
  ATMQTT_BROKER,
  GATEWAY_ID,
  SENSOR,
  INTERVAL = '60',
  STATE_DIRECTORY = '.',
} = process.env;

const client = await connect(ATMQTT_PORT, {
  broker: ATMQTT_BROKER,
  clientId: GATEWAY_ID,
  clean: false,
  // After a power cut nothing may be there yet: readings wait until it is.
  offlineStart: true,
  // Five weeks of readings, one a minute; when it is full the oldest give way.
  outbox: { file: `${STATE_DIRECTORY}/outbox.db`, maxMessages: 50_000, policy: 'drop-oldest' },
  // A session that is dead without a word is found within this time.
  probe: { interval: 15 * 60_000 },
});

// systemd takes <4> for a warning, <5> for a notice: `journalctl -u gateway -p warning` shows what went wrong.
const warn = (text) => console.error(`<4>${text}`);
client.on('recovery', ({ sentence }) => warn(sentence));
client.on('degraded', ({ setting, consequence }) => warn(`${setting}: ${consequence}`));
client.on('undelivered', ({ topic }, error) => warn(`${topic}: ${error.message}`));
client.on('connect', () => console.error(`<5>connected, ${client.stats().outbox} messages wait`));
console.error(`<5>started, ${client.stats().outbox} messages left from the last run`);

const timer = setInterval(report, Number(INTERVAL) * 1000);
await report();

async function report() {
  try {
    const value = Number(await readFile(SENSOR, 'utf8'));
    const payload = JSON.stringify({ at: new Date().toISOString(), value });
    await client.publish(`up/${GATEWAY_ID}`, payload, { qos: 1 }).accepted;
  } catch (error) {
    warn(`no reading: ${error.message}`);
  }
}

// `systemctl stop`: what cannot be sent any more stays in the outbox.
process.once('SIGTERM', () => {
  clearInterval(timer);
  void client.end();
});

// The client never gives up by itself. Should it end nevertheless, systemd starts a new one.
client.once('end', () => clearInterval(timer));
