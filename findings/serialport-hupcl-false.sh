#!/usr/bin/env bash
# What one would expect: `hupcl: false` of serialport ("drop DTR on close" off) clears the flag HUPCL of the terminal, so
# that closing the port leaves DTR up and a board that resets at DTR goes on running.
# What happens on Linux and macOS: the binding sets the flag for `true` and does nothing for `false`. Serial drivers
# begin with HUPCL set, as does a port that was opened with the default before, so `false` has no effect there.
# Versions: @serialport/bindings-cpp 13.0.1; socat for a pseudo-terminal, stty of coreutils to see and clear the flag.
# Why it matters here: hupcl=false in a serial URL is set with `stty -hupcl` on the open descriptor instead.
set -euo pipefail
command -v socat >/dev/null || { apt-get update -q && apt-get install -y -q --no-install-recommends socat; } >/dev/null

folder=$(mktemp -d)
trap 'kill $socat 2>/dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --ignore-scripts --no-audit --no-fund --silent @serialport/bindings-cpp@13.0.1
socat "PTY,raw,echo=0,link=$folder/tty" "PTY,raw,echo=0,link=$folder/far" &
socat=$!
until [ -e "$folder/tty" ]; do sleep 0.1; done

cat >probe.cjs <<'PROBE'
const { autoDetect } = require('@serialport/bindings-cpp');
const { execFileSync } = require('node:child_process');

const path = `${process.cwd()}/tty`;
const flag = () => /-?\bhupcl\b/.exec(execFileSync('stty', ['-F', path, '-a'], { encoding: 'utf8' }))[0];
(async () => {
  execFileSync('stty', ['-F', path, 'hupcl']);
  const port = await autoDetect().open({ path, baudRate: 115200, hupcl: false });
  console.log(`opened with hupcl: false: ${flag()}`);
  execFileSync('stty', ['-hupcl'], { stdio: [port.fd, 'inherit', 'inherit'] });
  console.log(`after stty on the descriptor: ${flag()}`);
  await port.close();
})();
PROBE

echo "@serialport/bindings-cpp $(node -p "require('@serialport/bindings-cpp/package.json').version")"
seen=$(node probe.cjs)
echo "$seen"
[ "$seen" = "opened with hupcl: false: hupcl
after stty on the descriptor: -hupcl" ]
