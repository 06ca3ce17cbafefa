import { describe, expect, test } from 'vitest';
import { Air } from '../../src/simulator/module/mqtt/air.js';
import { seededRandom } from '../../src/util/random.js';
import { connect, useFixture } from './fixture.js';
import { line, OK } from './raw-te.js';

const fixture = useFixture();

/** Timers may fire a little early. */
const EARLY = 2;

async function took(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

describe('latency', () => {
  test('response: before each final result code, and before the prompt', async () => {
    const { te } = await fixture().connected({ latency: { response: 30 } });
    expect(await took(() => te.ask('AT', OK))).toBeGreaterThanOrEqual(30 - EARLY);
    expect(await took(() => te.ask('AT+LMQTTPUB=0,5,1,0,"t",1', '\r\n> '))).toBeGreaterThanOrEqual(
      30 - EARLY,
    );
    te.write('x');
    expect(await took(() => te.expect(OK))).toBeGreaterThanOrEqual(30 - EARLY);
  });

  test('roundTrip: between OK and result, other commands come between', async () => {
    const { te } = await fixture().module({ latency: { roundTrip: 50 } });
    await connect(te);
    te.write('AT+LMQTTPUB=0,5,1,0,"t",1,"x"\r\nAT+CSQ\r\n');
    await te.expect(OK + line('+CSQ: 27,99') + OK);
    const rest = await took(() => te.expect(line('+LMQTTPUB: 0,5,0')));
    expect(rest).toBeGreaterThan(20);
  });

  test('jitter never changes the order', async () => {
    const air = new Air({ roundTrip: 1, jitter: 30 }, seededRandom(5));
    const arrived: number[] = [];
    await new Promise<void>((resolve) => {
      for (let id = 0; id < 20; id += 1) {
        air.carry(() => {
          arrived.push(id);
          if (arrived.length === 20) resolve();
        });
      }
    });
    expect(arrived).toEqual(Array.from({ length: 20 }, (_, id) => id));
  });
});

describe('baudRate', () => {
  test('paces both directions at ten bits a byte', async () => {
    const { te } = await fixture().module({ baudRate: 9600, echo: false });
    // 4 bytes there, 6 bytes back.
    const time = await took(() => te.ask('AT', OK));
    expect(time).toBeGreaterThanOrEqual((10 * 10_000) / 9600 - EARLY);
  });

  test('delivers long output in slices', async () => {
    const { modem, te } = await fixture().module({ baudRate: 115_200 });
    const chunks: number[] = [];
    te.onChunk = ({ length }) => chunks.push(length);
    const text = 'x'.repeat(1000);
    const time = await took(async () => {
      modem.emitLine(text);
      await te.expect(line(text));
    });
    expect(time).toBeGreaterThanOrEqual((1004 * 10_000) / 115_200 - EARLY);
    expect(chunks.length).toBeGreaterThan(3);
  });
});
