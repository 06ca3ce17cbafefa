#!/usr/bin/env bash
# ejabberd refuses a subscription with a code that MQTT 3.1.1 does not have, and in MQTT.js nothing comes of it.
#
# Expected: a filter that is not allowed is refused with 0x80 in SUBACK, the only code for a failure (MQTT 3.1.1 3.9.3),
# and subscribe() of a client fails.
# Observed: a client of MQTT 3.1.1 gets 0x8f, "topic filter invalid" of MQTT 5 (3.9.3), for a valid filter. The parser of
# MQTT.js throws the packet away with an event `error`: subscribe() neither succeeds nor fails, and the client goes on as
# connected. The next subscription, an allowed one, then fails with "suback granted 0 reason code(s)", and only now the
# connection is closed and the first subscribe() fails as well, with "Connection closed".
# Versions: ejabberd 23.01 (Debian), mqtt 5.16.0 (npm).
# Why it matters here: what a module does with such a code is unknown; the simulated module, whose client is MQTT.js, has
# to report the session as lost.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
[ -e /usr/sbin/ejabberdctl ] || { apt-get update -q && apt-get install -y -q --no-install-recommends ejabberd; } >/dev/null

folder=$(mktemp -d)
broker=
finish() {
  [ -z "$broker" ] || { kill -9 "$broker"; wait "$broker" || true; } 2>/dev/null
  rm -rf "$folder"
}
trap finish EXIT
cd "$folder"
npm init -y >/dev/null && npm install --silent --no-audit --no-fund mqtt@5.16.0 >/dev/null

port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
mkdir spool
cat >ejabberd.yml <<YAML
hosts: [localhost]
listen:
  - {ip: 127.0.0.1, port: $port, module: mod_mqtt}
auth_method: [internal]
acl: {meter: {user: [meter]}, admin: {user: [admin]}}
modules:
  mod_mqtt:
    access_subscribe:
      "open/#": [allow: meter]
      "#": [allow: admin]
YAML
libraries=$(sed -n "s/^ERL_LIBS='\(.*\)'/\1/p" /usr/sbin/ejabberdctl)
# Without a node name neither a name server nor a port for other nodes is opened.
env HOME="$folder" ERL_LIBS="$libraries" ERL_CRASH_DUMP_BYTES=0 EJABBERD_CONFIG_PATH="$folder/ejabberd.yml" \
  EJABBERD_LOG_PATH="$folder/ejabberd.log" erl -noinput -mnesia dir "\"$folder/spool\"" -s ejabberd \
  -eval 'ok = ejabberd_auth:try_register(<<"meter">>, <<"localhost">>, <<"secret">>), io:format("ready~n").' >log 2>&1 &
broker=$!
until grep -qx ready log; do
  kill -0 "$broker" || { tail log; exit 1; }
  sleep 0.2
done
grep -o 'ejabberd [0-9.]*' log | head -1

cat >try.mjs <<'JS'
import { readFileSync } from 'node:fs';
import mqtt from 'mqtt';
console.log(`mqtt ${JSON.parse(readFileSync('node_modules/mqtt/package.json', 'utf8')).version}, Node.js ${process.version}`);
const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${process.argv[2]}`, {
  protocolVersion: 4, username: 'meter', password: 'secret', reconnectPeriod: 20,
});
let answer;
client.stream.on('data', (bytes) => { if (bytes[0] === 0x90) answer ??= bytes.toString('hex'); });
const told = new Promise((resolve) => client.once('error', ({ message }) => resolve(message)));
let settled = 'never called';
client.subscribe('closed', { qos: 1 }, (error) => { settled = `called with ${error?.message}`; });
console.log(`error: ${await told}`);
console.log(`SUBACK: ${answer}`);
const pause = () => new Promise((resolve) => setTimeout(resolve, 2000));
await pause();
console.log(`callback after 2 s: ${settled}, connected: ${client.connected}`);
const next = await client.subscribeAsync('open/1', { qos: 1 }).then(() => 'granted', ({ message }) => `failed: ${message}`);
console.log(`next subscription: ${next}`);
await pause();
console.log(`callback at last: ${settled}, connected: ${client.connected}`);
process.exit();
JS
timeout 60 node try.mjs "$port" | tee out
grep -qx 'error: Invalid suback QoS, must be 0, 1, 2 or 128' out
grep -qx 'SUBACK: 9003....8f' out
grep -qx 'callback after 2 s: never called, connected: true' out
grep -q '^next subscription: failed: .*granted 0 reason code' out
grep -q '^callback at last: called with Connection closed' out
echo 'as described: 0x8f to a client of MQTT 3.1.1'
