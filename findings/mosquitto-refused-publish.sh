#!/usr/bin/env bash
# One message that the broker does not want keeps a client busy for ever: Mosquitto and MQTT.js.
#
# Expected: a broker without retained messages (`retain_available false`) answers a retained PUBLISH with QoS 1 by an error
# that names the message, or drops it; a client gets the other messages through, and tells the failure of the one.
# Observed: MQTT 3.1.1 has no refusal of a PUBLISH, so Mosquitto closes the connection without a word. MQTT.js, which
# cannot know why, connects again and sends its kept messages in their order: the refused one first, each time. Neither
# callback is called, the good message behind it never arrives, and not even the event `connect` is emitted again: it
# waits for the kept messages.
# Versions: mqtt 5.16.0 (npm), mosquitto of Debian (2.0.11).
# Why it matters here: a client inside a module meets the same broker, and a message in a durable outbox would do this
# across restarts; see `Suspicion` in src/client/outbox.
set -euo pipefail

PATH=$PATH:/usr/sbin
command -v mosquitto >/dev/null || { apt-get update -q && apt-get install -y -q --no-install-recommends mosquitto; }

folder=$(mktemp -d)
chmod 755 "$folder"
broker=
finish() {
  [ -z "$broker" ] || kill "$broker" 2>/dev/null || true
  rm -rf "$folder"
}
trap finish EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund mqtt@5.16.0 >/dev/null

port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
printf 'listener %s 127.0.0.1\nallow_anonymous true\nretain_available false\n' "$port" >conf
mosquitto -v -c conf 2>broker.log &
broker=$!

cat >client.mjs <<'JS'
import mqtt from 'mqtt';
const url = `mqtt://127.0.0.1:${process.argv[2]}`;
const { version } = JSON.parse((await import('node:fs')).readFileSync('node_modules/mqtt/package.json', 'utf8'));
console.log(`mqtt ${version}, Node.js ${process.version}`);

const watcher = await mqtt.connectAsync(url);
const arrived = [];
watcher.on('message', (_topic, payload) => arrived.push(String(payload)));
await watcher.subscribeAsync('t', { qos: 1 });

const client = mqtt.connect(url, { protocolVersion: 4, reconnectPeriod: 20 });
const told = [];
const firsts = [];
let connects = 0;
let sessions = 0;
let isFirst = false;
const done = new Promise((resolve) => {
  client.on('packetreceive', ({ cmd }) => {
    if (cmd !== 'connack') return;
    sessions += 1;
    isFirst = true;
    if (sessions > 20) resolve();
  });
});
client.on('packetsend', ({ cmd, payload }) => {
  if (cmd !== 'publish' || !isFirst) return;
  isFirst = false;
  firsts.push(String(payload));
});
client.on('connect', () => { connects += 1; });
client.on('error', () => {});
await new Promise((resolve) => client.once('connect', resolve));
client.publish('t', 'refused', { qos: 1, retain: true }, (error) => told.push(`refused: ${error ?? 'done'}`));
client.publish('t', 'good', { qos: 1 }, (error) => told.push(`good: ${error ?? 'done'}`));
await done;
console.log(`sessions: ${sessions}, connect events: ${connects}`);
console.log(`first message of each: ${[...new Set(firsts)].join(', ')} (${firsts.length} times)`);
console.log(`callbacks: ${told.join('; ') || 'none'}`);
console.log(`arrived: ${arrived.join(', ') || 'nothing'}`);
const stuck = connects === 1 && firsts.length >= 20 && firsts.every((text) => text === 'refused');
process.exit(stuck && told.length === 0 && arrived.length === 0 ? 0 : 1);
JS

mosquitto -h | head -1 || true
for _ in $(seq 50); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.1; done
if timeout 60 node client.mjs "$port"; then
  echo "in the broker's log: $(grep -m1 'Bad socket' broker.log | cut -d' ' -f2-)"
  echo 'as described'
else
  echo 'changed: see above'
  exit 1
fi
