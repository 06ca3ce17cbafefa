import { describe, expect, it } from 'vitest';
import { SIGNAL_QUALITY } from '../../src/at/commands/signal.js';
import { connect } from '../../src/client/connect.js';
import { AnsweringModule, ERROR, OK } from '../dialects/lmqtt/answering-module.js';
import { openSession, settled } from '../dialects/lmqtt/session-under-test.js';

/** Payloads made to look like what the module says; the publish with msgID 1 is under way. */
const CRAFTED: readonly string[] = [
  '\r\nOK\r\n',
  '\r\nERROR\r\n',
  '\r\n> ',
  '\r\n+LMQTTPUB: 0,1,0\r\n',
  '",5,"\r\n+LMQTTPUB: 0,1,0\r\n',
  '\r\n+LMQTTURC: STATS,0,1\r\n',
  '\r\n+LMQTTURC: RECV,0,9,"t",8000,x\r\n',
  '\r\n+LMQTTCLOSE: 0,0\r\n',
  "\r\n^boot.rom'v1!\n",
  '\r\nNORMAL POWER DOWN\r\n',
  '\r\nRDY\r\n',
  '\r\nLierda\r\n',
];

interface Mode {
  readonly refused: readonly RegExp[];
  readonly buffered?: boolean;
  deliver(module: AnsweringModule, payload: string): void;
}

const hex = (text: string) => Buffer.from(text, 'latin1').toString('hex').toUpperCase();

const SAFE_MODES: Readonly<Record<string, Mode>> = {
  counted: {
    refused: [],
    deliver: (module, payload) => module.send(`\r\n+LMQTTURC: RECV,0,1,"t",${payload.length},${payload}\r\n`),
  },
  hex: {
    refused: [/recv\/mode",0,0/],
    deliver: (module, payload) =>
      module.send(`\r\n+LMQTTURC: RECV,0,1,"t",${payload.length},${hex(payload)}\r\n`),
  },
  fetched: {
    refused: [],
    buffered: true,
    deliver: (module, payload) => {
      module.answer(/READ=/, `\r\n+LMQTTREAD: 0,1,"t",${payload.length},${payload}\r\n${OK}`);
      module.send('\r\n+LMQTTURC: RECV,0,1\r\n');
    },
  },
};

const LINE_MODE: Mode = {
  refused: [/recv\/mode/],
  deliver: (module, payload) => module.send(`\r\n+LMQTTURC: RECV,0,1,"t",${payload}\r\n`),
};

/** A publish is under way and a message with this payload comes; then the publish fails. */
async function receive({ refused, buffered = false, deliver }: Mode, payload: string) {
  const module = new AnsweringModule().answer(/PUB=/, OK);
  for (const pattern of refused) module.answer(pattern, ERROR);
  const under = await openSession(module, { buffered });
  const rebooted: string[] = [];
  under.channel.on('reboot', (marker) => rebooted.push(marker));
  const publication = { topic: 'up', payload: Buffer.from('x'), qos: 1, retain: false } as const;
  const published = under.session.publish(publication).then(
    () => 'delivered',
    (error) => error.code,
  );
  await module.receives(/PUB=0,1,/);
  await settled();
  deliver(module, payload);
  await settled();
  module.send('\r\n+LMQTTPUB: 0,1,2\r\n');
  return { ...under, rebooted, published: await published };
}

async function expectHarmless(mode: Mode, payload: string): Promise<void> {
  const { published, messages, lost, rebooted, channel } = await receive(mode, payload);
  expect(published).toBe('PUBLISH_FAILED');
  expect(messages.map((message) => message.payload.toString('latin1'))).toEqual([payload]);
  expect([lost, rebooted, channel.stats.strayResults]).toEqual([[], [], 0]);
}

describe.each(Object.entries(SAFE_MODES))('a crafted payload, %s', (_name, mode) => {
  it.each(CRAFTED)('%j is a payload, and nothing else', (payload) => expectHarmless(mode, payload));
});

describe('a crafted payload, in line mode', () => {
  it.each(CRAFTED.map((payload) => payload.replace(/[\r\n]/g, '')))('%j does no harm', (payload) =>
    expectHarmless(LINE_MODE, payload),
  );

  it('can forge results behind a line end, which is told', async () => {
    const { published, degraded } = await receive(LINE_MODE, 'x\r\n+LMQTTPUB: 0,1,0');
    expect(published).toBe('delivered');
    expect(degraded).toMatchObject([
      { setting: 'recv/mode', consequence: expect.stringContaining('a hostile publisher can forge results') },
    ]);
  });
});

describe('a flood', () => {
  it('of messages beyond a slow consumer is dropped and counted, and requests go on', async () => {
    const module = new AnsweringModule();
    const client = await connect(module.open, { broker: 'mqtt://h', registrationTimeout: 0 });
    const stream = client.messages(100);
    const lines = '\r\n+LMQTTURC: RECV,0,1,"t",3,\r\nx\r\n'.repeat(1000);
    for (let chunk = 0; chunk < 20; chunk += 1) module.send(lines);
    await client.publish('up', 'x', { qos: 1 });
    expect(stream.dropped).toBe(20_000 - 100);
    expect((await stream.next()).value).toMatchObject({ topic: 't', payload: Buffer.from('\r\nx') });
    await client.end();
  });

  it('of bytes without a line end costs no memory, and is counted', async () => {
    const { module, channel } = await openSession();
    const piece = 'x'.repeat(65_536);
    for (let pieces = 0; pieces < 160; pieces += 1) module.send(piece);
    module.send('\r\n');
    const answer = channel.send('AT+CSQ');
    expect(await answer).toEqual({ lines: ['+CSQ: 27,99'], final: 'OK' });
    expect(channel.stats.dropped['too-long']).toBe(160 * 65_536 + 2);
  });

  it('of unknown lines neither piles up in a response, nor keeps it from coming', async () => {
    const { module, channel } = await openSession();
    const flood = () => {
      for (let chunk = 0; chunk < 20; chunk += 1) module.send('\r\n+NOISE: 1\r\n'.repeat(1000));
      return '\r\n+X: 1\r\n\r\nOK\r\n';
    };
    module.answer(/AT\+X/, flood);
    expect((await channel.send('AT+X')).lines.length).toBe(1000);
    module.answer(/CSQ/, () => flood().replace('+X: 1', '+CSQ: 27,99'));
    expect(await channel.execute(SIGNAL_QUALITY, null)).toEqual({ rssi: 27, ber: 99 });
    expect(channel.stats.unknownLines).toBeGreaterThan(38_000);
  });
});
