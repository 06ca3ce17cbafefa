#!/usr/bin/env bash
# mosquitto_sub: a width in `-F` shortens a payload in hex.
#
# One expects `%20x` to pad the hex text of a payload to 20 columns, as `%20p` does for the payload itself and as
# the manual says ("minimum width"). Debian's mosquitto_sub 2.0.11 prints only the first bytes of a payload of five
# bytes, behind the padding; without a width all five are there. A script that lines up its columns loses data.
#
# Seen with mosquitto and mosquitto-clients 2.0.11-1.2+deb12u2.
# Why it matters here: `atmqtt sub -F` takes the formats of mosquitto_sub, but prints the whole payload.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
command -v mosquitto >/dev/null && command -v mosquitto_sub >/dev/null ||
  { apt-get update -q && apt-get install -y -q --no-install-recommends mosquitto mosquitto-clients; } >/dev/null
folder=$(mktemp -d)
port=$((20000 + RANDOM % 20000))
/usr/sbin/mosquitto -p "$port" >"$folder/log" 2>&1 &
broker=$!
trap 'kill "$broker"; wait "$broker" || true; rm -rf "$folder"' EXIT
for _ in $(seq 50); do mosquitto_pub -p "$port" -r -t a/b -m hello 2>/dev/null && break; sleep 0.1; done

show() { mosquitto_sub -p "$port" -t a/b -C 1 -W 5 -F "$1"; }
help=$(mosquitto_sub --help || true) # ends with 1
sed -n 2p <<<"$help"
for format in '[%x]' '[%20x]' '[%20p]'; do printf '%-8s %s\n' "$format" "$(show "$format")"; done

[ "$(show '[%x]')" = '[68656c6c6f]' ]
[ "$(show '[%20p]')" = '[               hello]' ]
[ "$(show '[%20x]')" = '[                6865]' ]
echo 'as described: the width has cut three of five bytes'
