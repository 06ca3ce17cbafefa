import { expect, test, vi } from 'vitest';
import '../../src/simulator/simulated-modem.js';
import { openTransport } from '../../src/transport/open.js';
import { connect, useFixture } from './fixture.js';
import { line, OK, RawTe } from './raw-te.js';

const fixture = useFixture();

test('sim: is a module on a broker of its own, both gone with the stream', async () => {
  const before = sockets();
  const te = await RawTe.open('sim:');
  await te.ask('ATE0', `ATE0\r${OK}`);
  await connect(te);
  await te.ask('AT+LMQTTSUBUNSUB=0,0,1,"loop",1', OK + line('+LMQTTSUBUNSUB: 0,1,0,1'));
  te.write('AT+LMQTTPUB=0,5,1,0,"loop",2,"hi"\r\n');
  await te.match(/\+LMQTTURC: RECV,0,1,"loop",hi\r\n/);
  expect(sockets()).toBeGreaterThan(before);
  te.close();
  await vi.waitFor(() => expect(sockets()).toBe(before));
});

/** TCP sockets and servers that this process holds. */
function sockets(): number {
  return process.getActiveResourcesInfo().filter((name) => name.startsWith('TCP')).length;
}

test('its parameters are those of the module', async () => {
  const te = await RawTe.open(
    'sim://?profile=nt35e&echo=0&fault=split=3&fault=chatter&seed=7&roundTrip=5&jitter=1',
  );
  const chunks: number[] = [];
  te.onChunk = ({ length }) => chunks.push(length);
  te.write('AT+CGMM\r\n');
  await te.match(/^\r\nNT35E\r\n\r\n[+^].*\r\n\r\nOK\r\n$/);
  expect(chunks.slice(0, -1).every((length) => length === 3)).toBe(true);
  te.close();
});

test('broker= takes the place of its own broker', async () => {
  const { url, aedes } = await fixture().broker();
  const te = await RawTe.open(`sim://?echo=0&broker=${url}`);
  const client = new Promise((resolve) => aedes.once('clientReady', ({ id }) => resolve(id)));
  await connect(te, [], 'the-client');
  expect(await client).toBe('the-client');
  te.close();
  await te.gone();
});

test.each([
  ['sim://?colour=red', 'sim: parameter is "colour", but'],
  ['sim://?profile=x', 'profile is "x", but'],
  ['sim://?fault=x', 'fault is "x", but'],
  ['sim://?seed=x', 'seed is NaN, but'],
  ['sim://?echo=yes', 'sim: echo is "yes", but'],
  ['sim://?roundTrip=x', 'latency.roundTrip is NaN, but'],
])('%s is refused, and nothing is left', async (url, message) => {
  const before = sockets();
  await expect(openTransport(url)).rejects.toThrow(message);
  await vi.waitFor(() => expect(sockets()).toBe(before));
});
