import { describe, expect, test } from 'vitest';
import { useFixture } from './fixture.js';
import { line, OK } from './raw-te.js';

const fixture = useFixture();

const PUBLISH = 'AT+LMQTTPUB=0,5,1,0,"t",1,"x"';

/** What comes back for a hundred `AT`. */
async function answers(fault: string): Promise<string> {
  const { modem, te } = await fixture().module({ faults: [fault], seed: 1 });
  let taken = 0;
  const all = new Promise<void>((resolve) => {
    modem.on('command', () => {
      taken += 1;
      // The answer of the last one is sent by then.
      if (taken === 100) setImmediate(resolve);
    });
  });
  te.write('AT\r\n'.repeat(100));
  await all;
  modem.faults.clear();
  modem.emitLine('END');
  const [received] = await te.match(/^[\s\S]*\r\nEND\r\n/);
  return received.slice(0, -line('END').length);
}

describe('the serial line', () => {
  test('lost-lines: whole outputs, about so many in a hundred, the same with the same seed', async () => {
    const all = await answers('lost-lines=30');
    const left = all.split('\r\nOK\r\n').length - 1;
    expect(all).toBe(OK.repeat(left));
    expect(left).toBeGreaterThan(50);
    expect(left).toBeLessThan(90);
    expect(await answers('lost-lines=30')).toBe(all);
  });

  test('lost-bytes: single ones', async () => {
    const all = await answers('lost-bytes=10');
    const whole = 100 * OK.length;
    expect(all.length).toBeLessThan(whole * 0.97);
    expect(all.length).toBeGreaterThan(whole * 0.85);
  });

  test('corrupt: one bit, no byte is lost', async () => {
    const { modem, te } = await fixture().module({ faults: ['corrupt=4'], seed: 3 });
    te.write('AT\r\n'.repeat(50));
    const [all] = await te.match(/^[\s\S]{300}/);
    modem.faults.clear();
    const expected = OK.repeat(50);
    const changed = [...all].flatMap((char, index) => {
      const difference = char.charCodeAt(0) ^ expected.charCodeAt(index);
      return difference === 0 ? [] : [difference];
    });
    expect(changed.length).toBeGreaterThan(50);
    expect(changed.length).toBeLessThan(100);
    expect(changed.every((difference) => [1, 2, 4, 8, 16, 32, 64, 128].includes(difference))).toBe(true);
  });

  test('lost-input: what the module gets', async () => {
    const { modem, te } = await fixture().module({ faults: ['lost-input=6'], seed: 2 });
    const lines: string[] = [];
    modem.on('command', (text) => lines.push(text));
    te.write('AT+CSQ\r\n'.repeat(40));
    await te.match(/ERROR/);
    expect(lines).toContain('AT+CSQ');
    expect(lines.some((text) => text !== 'AT+CSQ')).toBe(true);
  });

  test('slow: each output comes so many ms later, with split each piece', async () => {
    const { modem, te } = await fixture().module({ faults: ['slow=5', 'split=2'] });
    const start = performance.now();
    await te.ask('AT', OK);
    expect(performance.now() - start).toBeGreaterThanOrEqual(14);
    modem.faults.clear();
    await te.ask('AT', OK);
  });

  test('late-result: the result URC comes so many ms later, the channel is free meanwhile', async () => {
    const { modem, te } = await fixture().connected();
    modem.faults.on('late-result=30');
    const start = performance.now();
    te.write(`${PUBLISH}\r\nAT+CSQ\r\n`);
    await te.expect(OK + line('+CSQ: 27,99') + OK + line('+LMQTTPUB: 0,5,0'));
    expect(performance.now() - start).toBeGreaterThanOrEqual(29);
  });
});
