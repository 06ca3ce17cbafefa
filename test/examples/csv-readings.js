// node csv-readings.js <port> <broker> <file.csv>
import { createReadStream, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { pipeline } from 'node:stream';
import { connect } from 'atmqtt';
import { parse } from 'csv-parse';

const [port, broker, file] = process.argv.slice(2);
const WINDOW = 8;

// How many records the broker has acknowledged without a gap: a crash sends at most WINDOW of them again.
const bookmark = `${file}.sent`;
const sent = existsSync(bookmark) ? Number(readFileSync(bookmark, 'utf8')) : 0;

const client = await connect(port, { broker, clientId: 'meter-7', maxInflight: WINDOW });
const parser = parse({ columns: true, bom: true, from: sent + 1 });
const underWay = [];
let record = sent;
for await (const reading of pipeline(createReadStream(file), wholeLines, parser, () => {})) {
  record += 1;
  const payload = JSON.stringify({ record, ...reading });
  underWay.push({ record, acknowledged: client.publish('up/meter-7', payload, { qos: 1 }) });
  if (underWay.length === WINDOW) await oldest();
}
while (underWay.length > 0) await oldest();
await client.end();
console.log(`${record - sent} sent, ${record} in all`);

// What is behind the last line end may be a record that is being written: the next run sends it.
async function* wholeLines(chunks) {
  let rest = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = Buffer.concat([rest, chunk]);
    const end = bytes.lastIndexOf('\n') + 1;
    yield bytes.subarray(0, end);
    rest = bytes.subarray(end);
  }
}

async function oldest() {
  const { record, acknowledged } = underWay.shift();
  await acknowledged;
  writeFileSync(`${bookmark}.new`, String(record), { flush: true });
  renameSync(`${bookmark}.new`, bookmark);
}
