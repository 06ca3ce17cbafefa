#!/usr/bin/env bash
# RabbitMQ answers a PUBLISH with QoS 2 by PUBACK: mosquitto_pub fails although the message is delivered.
#
# Expected: a broker that can't do QoS 2 says so when a client connects or publishes, or goes through PUBREC, PUBREL and
# PUBCOMP (MQTT 3.1.1 4.3.3); "treated as QoS 1" in its manual sounds as if only subscribers noticed.
# Observed: the PUBLISH is acknowledged with PUBACK, the answer to QoS 1. MQTT.js takes that for success, without a word;
# mosquitto_pub calls it a protocol error and ends with 2, though the message has arrived (with QoS 1): who tries again
# sends it twice.
# Versions: rabbitmq-server 3.10.8, mosquitto-clients 2.0.11 (both Debian), mqtt 5.16.0 (npm).
# Why it matters here: whether a publish with QoS 2 counts as done depends on the client, here the one in the module; the
# interop leaves out mosquitto_pub with QoS 2 on this broker.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
server=/usr/lib/rabbitmq/bin/rabbitmq-server
missing=()
[ -x "$server" ] || missing+=(rabbitmq-server)
command -v mosquitto_pub >/dev/null || missing+=(mosquitto-clients)
if [ ${#missing[@]} -gt 0 ]; then
  { apt-get update -q && apt-get install -y -q --no-install-recommends "${missing[@]}"; } >/dev/null
fi

folder=$(mktemp -d)
pids=()
finish() {
  [ ${#pids[@]} -eq 0 ] || { kill -9 "${pids[@]}"; wait "${pids[@]}" || true; } 2>/dev/null
  rm -rf "$folder"
}
trap finish EXIT
cd "$folder"
npm init -y >/dev/null && npm install --silent --no-audit --no-fund mqtt@5.16.0 >/dev/null

read -r port amqp distribution names < <(node -e '
const servers = [0, 1, 2, 3].map(() => require("net").createServer().listen(0, "127.0.0.1"));
setTimeout(() => { console.log(servers.map((s) => s.address().port).join(" ")); process.exit(); }, 100);')
echo '[rabbitmq_mqtt].' >plugins
cat >rabbitmq.conf <<CONF
listeners.tcp.default = 127.0.0.1:$amqp
mqtt.listeners.tcp.default = 127.0.0.1:$port
mqtt.allow_anonymous = true
log.console = true
log.file = false
CONF
export ERL_EPMD_PORT=$names ERL_EPMD_ADDRESS=127.0.0.1
epmd -port "$names" -address 127.0.0.1 &
pids+=($!)
until epmd -port "$names" -names >/dev/null 2>&1; do sleep 0.1; done
env HOME="$folder" RUNNING_UNDER_SYSTEMD=true RABBITMQ_NODENAME="finding$port@localhost" RABBITMQ_DIST_PORT="$distribution" \
  RABBITMQ_MNESIA_BASE="$folder/mnesia" RABBITMQ_LOG_BASE="$folder/log" RABBITMQ_CONFIG_FILE="$folder/rabbitmq.conf" \
  RABBITMQ_ENABLED_PLUGINS_FILE="$folder/plugins" "$server" >broker.log 2>&1 &
broker=$!
pids+=("$broker")
until grep -q 'Server startup complete' broker.log; do
  kill -0 "$broker" || { tail broker.log; exit 1; }
  sleep 0.5
done
grep -o 'Starting RabbitMQ [^ ]*' broker.log | head -1

cat >try.mjs <<'JS'
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import mqtt from 'mqtt';
const port = process.argv[2];
console.log(`mqtt ${JSON.parse(readFileSync('node_modules/mqtt/package.json', 'utf8')).version}, Node.js ${process.version}`);
const subscriber = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`);
const [granted] = await subscriber.subscribeAsync('t', { qos: 2 });
console.log(`granted: QoS ${granted.qos}`);
const next = () => new Promise((resolve) => subscriber.once('message', (_t, payload, { qos }) => resolve(`${payload}, QoS ${qos}`)));

const publisher = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`);
const answers = [];
publisher.on('packetreceive', ({ cmd }) => answers.push(cmd));
let arrived = next();
await publisher.publishAsync('t', 'by MQTT.js', { qos: 2 });
console.log(`MQTT.js: success after ${answers.join(', ')}; arrived: ${await arrived}`);

arrived = next();
const { status, stderr } = spawnSync('mosquitto_pub', ['-p', port, '-t', 't', '-q', '2', '-m', 'by mosquitto_pub'], { encoding: 'utf8' });
console.log(`mosquitto_pub: exit code ${status}, "${stderr.trim()}"; arrived: ${await arrived}`);
process.exit();
JS
sed -n '/^mosquitto_pub version/p' < <(mosquitto_pub --help)
timeout 60 node try.mjs "$port" | tee out
grep -qx 'granted: QoS 1' out
grep -qx 'MQTT.js: success after puback; arrived: by MQTT.js, QoS 1' out
grep -q '^mosquitto_pub: exit code 2, .*protocol error.*; arrived: by mosquitto_pub, QoS 1$' out
echo 'as described: QoS 2 is answered by PUBACK'
