#!/usr/bin/env bash
# One would expect: TelnetInput of the npm package telnet-stream emits data, options and subnegotiations in the order in
# which the server sent them.
# What happens: of each chunk, every command comes first and all data last, joined into one piece. Where in the data a
# command stood is lost, and what is seen depends on how TCP cut the bytes.
# Seen with telnet-stream 1.1.0 on Node.js 20.20.
# Why it matters here: a change of line state or rate belongs to a place in the data, so rfc2217:// has a codec of its own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund telnet-stream@1.1.0
cat > order.js <<'JS'
const { TelnetInput } = require('telnet-stream');
const wire = [Buffer.from('one'), Buffer.from([255, 251, 1]), Buffer.from('two')];
function seen(chunks) {
  return new Promise((resolve) => {
    const input = new TelnetInput();
    const events = [];
    input.on('data', (bytes) => events.push(`data ${bytes}`));
    input.on('will', (option) => events.push(`will ${option}`));
    input.on('end', () => resolve(events.join(', ')));
    const next = () => {
      if (chunks.length === 0) return input.end();
      input.write(chunks.shift());
      setTimeout(next, 20);
    };
    next();
  });
}
(async () => {
  const whole = await seen([Buffer.concat(wire)]);
  const pieces = await seen([...wire]);
  console.log(`telnet-stream ${require('telnet-stream/package.json').version}, Node.js ${process.version}`);
  console.log(`sent:               data one, will 1, data two`);
  console.log(`seen in 3 chunks:   ${pieces}`);
  console.log(`seen in 1 chunk:    ${whole}`);
  const asReported = pieces === 'data one, will 1, data two' && whole === 'will 1, data onetwo';
  if (!asReported) console.log('this differs from what was reported');
  process.exit(asReported ? 0 : 1);
})();
JS
node order.js
