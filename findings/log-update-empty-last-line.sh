#!/usr/bin/env bash
# log-update: a frame whose changed part ends in an empty line draws the next frame wrong.
#
# log-update rewrites only the lines that changed. One expects the terminal to show each frame as it was given. With
# 7.2.0, a frame in which the changed lines end in an empty one leaves out a line end, and what follows is drawn a line
# too high: lines double or vanish. An empty line that is a space instead is drawn right.
#
# Seen with log-update 7.2.0 on the terminal emulator @xterm/headless 6.0.0.
# Why it matters here: the board of the factory station lost the names of ports. It writes spaces instead.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null && npm install --no-audit --no-fund log-update@7.2.0 @xterm/headless@6.0.0 >/dev/null
cat >try.mjs <<'JS'
import { PassThrough } from 'node:stream';
import { createLogUpdate } from 'log-update';
import xterm from '@xterm/headless';
for (const empty of ['', ' ']) {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 40, rows: 12 });
  const terminal = new xterm.Terminal({ cols: 40, rows: 12, allowProposedApi: true, convertEol: true });
  const update = createLogUpdate(stream);
  for (const frame of [['', '', '', '', 'bb', ''], ['', '', '', '', '', 'bb']]) {
    update(frame.map((line) => (line === '' ? empty : line)).join('\n'));
    await new Promise((resolve) => terminal.write(stream.read() ?? '', resolve));
  }
  const { active } = terminal.buffer;
  const rows = Array.from({ length: 12 }, (_, row) => active.getLine(row).translateToString(true).trim());
  console.log(`empty lines as ${JSON.stringify(empty)}: bb ${rows.includes('bb') ? `on line ${rows.indexOf('bb') + 1}` : 'on no line'}, wanted on line 6`);
}
JS
node -p '`log-update ${JSON.parse(fs.readFileSync("node_modules/log-update/package.json")).version}, node ${process.version}`'
node try.mjs | tee out
grep -qx 'empty lines as " ": bb on line 6, wanted on line 6' out
grep -qx 'empty lines as "": bb on no line, wanted on line 6' out
echo 'as described'
