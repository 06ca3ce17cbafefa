#!/usr/bin/env bash
# MQTT.js: a topic map with the key `resubscribe` loses the topic of that name, and digits overtake the rest.
#
# `subscribe()` takes a map from topic to options, the only way to give several topics a QoS each. One expects every key
# to be a topic. `resubscribe` is taken for a switch of the library and deleted from the caller's object: nothing is
# subscribed to, no error comes, and the list of what was granted is shorter. As in any object, keys that are whole
# numbers come first. As an array or a string the same topic works.
#
# Seen with mqtt 5.16.0 and Mosquitto 2.0.11.
# Why it matters here: topics come from users. The simulated module hands arrays to MQTT.js, in runs of one QoS.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
export PATH=$PATH:/usr/sbin
command -v mosquitto >/dev/null || { apt-get update -q && apt-get install -y -q --no-install-recommends mosquitto; } >/dev/null
folder=$(mktemp -d)
port=$((20000 + RANDOM % 20000))
mosquitto -p "$port" >"$folder/log" 2>&1 &
broker=$!
trap 'kill "$broker"; wait "$broker" || true; rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null && npm install --no-audit --no-fund mqtt@5.16.0 >/dev/null
cat >try.cjs <<'JS'
const mqtt = require('mqtt');
(async () => {
  const url = `mqtt://127.0.0.1:${process.argv[2]}`;
  const client = await mqtt.connectAsync(url);
  const names = (granted) => granted.map(({ topic }) => topic).join(' ');
  const map = { door: { qos: 0 }, resubscribe: { qos: 1 }, 7: { qos: 1 } };
  console.log(`as a map: ${names(await client.subscribeAsync(map))}; left in the map: ${Object.keys(map).join(' ')}`);
  const other = await mqtt.connectAsync(url);
  console.log(`as an array: ${names(await other.subscribeAsync(['door', 'resubscribe', '7'], { qos: 1 }))}`);
  await client.endAsync();
  await other.endAsync();
})();
JS
node -p '`mqtt ${require("mqtt/package.json").version}, node ${process.version}`'
node try.cjs "$port" | tee out
grep -qx 'as a map: 7 door; left in the map: 7 door' out
grep -qx 'as an array: door resubscribe 7' out
echo 'as described: the map loses a topic, the array does not'
