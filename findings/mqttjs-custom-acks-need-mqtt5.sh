#!/usr/bin/env bash
# MQTT.js: `customHandleAcks` is ignored without a word unless the protocol is MQTT 5.
#
# The option lets a program decide when a message with QoS 1 or 2 is acknowledged, for example once it is stored. One
# expects it to work for MQTT 3.1.1, the default, as both versions have PUBACK and PUBREC. It is never called there, no
# error or warning says so, and messages are acknowledged at once.
#
# Seen with mqtt 5.16.0 and Mosquitto 2.0.11.
# Why it matters here: a bridge between a local broker and a module must not acknowledge what is not in its outbox. The
# recipe uses `handleMessage` and QoS 1, which waits in both versions.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
command -v mosquitto >/dev/null || { apt-get update -q && apt-get install -y -q --no-install-recommends mosquitto; } >/dev/null
folder=$(mktemp -d)
port=$((20000 + RANDOM % 20000))
/usr/sbin/mosquitto -p "$port" >"$folder/log" 2>&1 &
broker=$!
trap 'kill "$broker"; wait "$broker" || true; rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null && npm install --no-audit --no-fund mqtt@5.16.0 >/dev/null
cat >try.cjs <<'JS'
const mqtt = require('mqtt');
(async () => {
  for (const protocolVersion of [4, 5]) {
    let asked = 0;
    const customHandleAcks = (_topic, _payload, _packet, done) => { asked += 1; done(0); };
    const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${process.argv[2]}`, { protocolVersion, customHandleAcks });
    await client.subscribeAsync('a', { qos: 2 });
    const got = new Promise((resolve) => client.once('message', resolve));
    await client.publishAsync('a', 'x', { qos: 2 });
    await got;
    console.log(`protocol version ${protocolVersion}: customHandleAcks called ${asked} times`);
    await client.endAsync();
  }
})();
JS
node -p '`mqtt ${require("mqtt/package.json").version}, node ${process.version}`'
node try.cjs "$port" | tee out
grep -qx 'protocol version 4: customHandleAcks called 0 times' out
grep -qx 'protocol version 5: customHandleAcks called 1 times' out
echo 'as described: only MQTT 5 asks'
