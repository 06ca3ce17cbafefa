import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { SimulatedModem } from '../../src/simulator/simulated-modem.js';
import { deferred } from '../../src/util/deferred.js';
import { connect, nextMessage, useFixture } from './fixture.js';
import { line, OK, RawTe } from './raw-te.js';

const fixture = useFixture();

const CONNACK = '20020000';
const OPEN = 'AT+LMQTTOPEN=0,"mqtt.example.net",1883';

interface Strange {
  readonly te: RawTe;
  /** What came behind CONNECT. */
  readonly second: Promise<Buffer>;
  /** The connection is closed. */
  readonly gone: Promise<void>;
}

/** A module with echo off on a server that answers the first packets with these bytes (hex), and then nothing. */
async function moduleOn(...answers: string[]): Promise<Strange> {
  const [second, gone] = [deferred<Buffer>(), deferred<void>()];
  let count = 0;
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('close', () => gone.resolve());
    socket.on('data', (packet) => {
      const answer = answers[count];
      count += 1;
      if (count === 2) second.resolve(packet);
      if (answer !== undefined) socket.write(Buffer.from(answer, 'hex'));
    });
  }).listen(0, '127.0.0.1');
  fixture().later(async () => void server.close());
  await once(server, 'listening');
  const broker = `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const modem = await SimulatedModem.start({ broker, echo: false });
  fixture().later(() => modem.close());
  return { te: await RawTe.open(modem.url), second: second.promise, gone: gone.promise };
}

test('a SUBACK with a code of MQTT 5 ends the session, told by STATS', async () => {
  const { te, gone } = await moduleOn(CONNACK, '900300018f');
  await connect(te);
  await te.ask('AT+LMQTTSUBUNSUB=0,0,1,"$share/g/t",1', OK + line('+LMQTTURC: STATS,0,4'));
  await gone;
  await te.ask('AT+LMQTTCONN?', line('+LMQTTCONN: 0,1') + OK);
  await te.ask('AT+LMQTTPUB=0,2,1,0,"t",1,"x"', line('+CME ERROR: 3'));
  await te.ask('AT+LMQTTCLOSE=0', OK + line('+LMQTTCLOSE: 0,0'));
});

test('a packet of a type that there is not ends the session, told by STATS', async () => {
  const { te, gone } = await moduleOn(`${CONNACK}0000`);
  await te.ask(OPEN, OK + line('+LMQTTOPEN: 0,0'));
  await te.ask('AT+LMQTTCONN=0,"id"', OK + line('+LMQTTCONN: 0,0,0') + line('+LMQTTURC: STATS,0,4'));
  await gone;
});

test('what is no MQTT in place of CONNACK fails LMQTTCONN at once', async () => {
  const { te, gone } = await moduleOn(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n').toString('hex'));
  await te.ask(OPEN, OK + line('+LMQTTOPEN: 0,0'));
  await te.ask('AT+LMQTTCONN=0,"id"', OK + line('+LMQTTCONN: 0,2,6'));
  await gone;
});

test('filters of one QoS go out in one SUBSCRIBE, whatever they are called', async () => {
  const { te, second } = await moduleOn(CONNACK);
  await connect(te);
  await te.ask('AT+LMQTTSUBUNSUB=0,0,1,"resubscribe",1,"10",1,"9",1', OK);
  // Behind the fixed header and the packet identifier.
  expect((await second).subarray(4)).toEqual(
    Buffer.from('\x00\x0bresubscribe\x01\x00\x0210\x01\x00\x019\x01', 'latin1'),
  );
});

test.each(['resubscribe', '__proto__', 'constructor', 'qos', '0'])(
  'a filter named %s is subscribed to, and left',
  async (name) => {
    const far = await fixture().farSide();
    const { te } = await fixture().connected();
    await te.ask(`AT+LMQTTSUBUNSUB=0,0,1,"a",0,"${name}",1`, OK + line('+LMQTTSUBUNSUB: 0,1,0,1'));
    await far.publishAsync(name, 'hi', { qos: 1 });
    await te.expect(line(`+LMQTTURC: RECV,0,1,"${name}",2,hi`));
    await te.ask(`AT+LMQTTSUBUNSUB=0,1,2,"${name}",0`, OK + line('+LMQTTSUBUNSUB: 0,2,0'));
    await far.publishAsync(name, 'gone', { qos: 1 });
    await far.publishAsync('a', 'still here', { qos: 1 });
    await te.expect(line('+LMQTTURC: RECV,0,2,"a",10,still here'));
  },
);

test('a publish to a topic named resubscribe arrives', async () => {
  const far = await fixture().farSide();
  await far.subscribeAsync('#');
  const next = nextMessage(far);
  const { te } = await fixture().connected();
  await te.ask('AT+LMQTTPUB=0,1,1,0,"resubscribe",1,"x"', OK + line('+LMQTTPUB: 0,1,0'));
  expect((await next).topic).toBe('resubscribe');
});
