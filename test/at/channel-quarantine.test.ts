import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { filler } from '../../src/at/filler.js';
import { INTERVAL, LONG, open, PLAIN, publish, query, read, SOON } from './channel-fixtures.js';

const STATE = query('+STATE');
const SLOW = query('+STATE', SOON);

/** The timeout that a request is to reject with. */
function timesOut(request: Promise<unknown>, stage: string): Promise<void> {
  return expect(request).rejects.toMatchObject({ code: 'TIMEOUT', stage, limit: SOON });
}

describe('Channel after a time limit', () => {
  it('keeps a late answer from the next command of the same kind', async () => {
    const { channel, module, events } = open();
    const late = timesOut(channel.execute(SLOW, null), 'response');
    const next = channel.execute(STATE, null);
    await module.expects('AT+STATE\r\n');
    await late;
    expect(module.unexpected).toBe('');
    await module.sends('\r\n+STATE: 9,9\r\n\r\nOK\r\n');
    await module.answers('AT+STATE', '\r\n+STATE: 1,2\r\n\r\nOK\r\n');
    expect(await next).toEqual([1, 2]);
    expect(channel.stats.timeouts.response).toBe(1);
    expect(channel.stats.resyncs).toBe(1);
    expect(events).toEqual([]);
  });

  it('proves that the answers are in step when the OK was lost', async () => {
    const { channel, module } = open();
    const late = timesOut(channel.execute(SLOW, null), 'response');
    const next = channel.execute(STATE, null);
    await module.expects('AT+STATE\r\n');
    await late;
    await module.answers('AT+CSQ', '\r\n+CSQ: 27,99\r\n\r\nOK\r\n');
    await module.answers('AT+STATE', '\r\n+STATE: 1,2\r\n\r\nOK\r\n');
    expect(await next).toEqual([1, 2]);
  });

  it('takes the result that came for the answer when only the OK was lost', async () => {
    const { channel, module } = open();
    const answer = channel.execute(publish({ response: SOON }), { id: 1 });
    const next = channel.execute(STATE, null);
    await module.answers('AT+PUB=1', '\r\n+PUB: 1,0\r\n');
    expect(await answer).toEqual([1, 0]);
    expect(channel.stats.timeouts.response).toBe(1);
    await module.answers('AT+CSQ', '\r\n+CSQ: 27,99\r\n\r\nOK\r\n');
    await module.answers('AT+STATE', '\r\n+STATE: 1,2\r\n\r\nOK\r\n');
    expect(await next).toEqual([1, 2]);
  });

  it('bears several proofs that are answered late, all at once, with a URC in between', async () => {
    const { channel, module, events } = open();
    const late = timesOut(channel.execute(SLOW, null), 'response');
    const next = channel.execute(STATE, null);
    await module.expects('AT+STATE\r\nAT+CSQ\r\nAT+CESQ\r\n');
    await late;
    await module.sends(
      '\r\n+STATE: 9,9\r\n\r\nOK\r\n\r\n+CSQ: 1,2\r\n\r\nOK\r\n\r\n+NOTE: 1\r\n\r\n+CESQ: 1,2\r\n\r\nOK\r\n',
    );
    await module.answers('AT+STATE', '\r\n+STATE: 1,2\r\n\r\nOK\r\n');
    expect(await next).toEqual([1, 2]);
    expect(events).toEqual(['urc +NOTE: 1']);
  });

  it('proves +CSQ by another prefix', async () => {
    const { channel, module } = open();
    const late = timesOut(channel.execute(query('+CSQ', SOON), null), 'response');
    const next = channel.execute(query('+CSQ'), null);
    await module.expects('AT+CSQ\r\n');
    await late;
    await module.answers('AT+CESQ', '\r\n+CSQ: 9,9\r\n\r\nOK\r\n\r\n+CESQ: 1,2\r\n\r\nOK\r\n');
    await module.answers('AT+CSQ', '\r\n+CSQ: 1,2\r\n\r\nOK\r\n');
    expect(await next).toEqual([1, 2]);
  });

  it('goes on with a module that refuses the proofs', async () => {
    const { channel, module } = open();
    const late = timesOut(channel.execute(SLOW, null), 'response');
    const next = channel.execute(PLAIN, null);
    await module.expects('AT+STATE\r\n');
    await module.answers('AT+CSQ', '\r\nERROR\r\n');
    await module.answers('AT+CESQ', '\r\nERROR\r\n');
    await module.answers('AT+CGATT?', '\r\nERROR\r\n');
    await module.answers('AT+CCLK?', '\r\nERROR\r\n');
    await module.answers('AT+PLAIN');
    await late;
    expect(await next).toBeNull();
  });

  it('does not take a late answer for the result that another request waits for', async () => {
    const { channel, module } = open();
    const result = channel.execute(publish(), { id: 1 });
    await module.answers('AT+PUB=1');
    const late = timesOut(channel.execute(query('+PUB', SOON), null), 'response');
    await module.expects('AT+PUB\r\n');
    await late;
    await module.sends('\r\n+PUB: 1,7\r\n\r\nOK\r\n\r\n+PUB: 1,0\r\n');
    expect(await result).toEqual([1, 0]);
  });

  it('does not take OK in the payload of a late response for its final result code', async () => {
    const { channel, module } = open();
    const late = timesOut(channel.execute(read(SOON), null), 'response');
    const next = channel.execute(STATE, null);
    await module.expects('AT+READ\r\n');
    await late;
    await module.sends('\r\n+READ: 10,a\r\nOK\r\nb\r\n');
    await module.expects('AT+CSQ\r\n');
    await module.sends('\r\n\r\nOK\r\n\r\n+CSQ: 1,2\r\n\r\nOK\r\n');
    await module.answers('AT+STATE', '\r\n+STATE: 1,2\r\n\r\nOK\r\n');
    expect(await next).toEqual([1, 2]);
  });

  it('forgets a result that does not come in time, and tells it as a URC later', async () => {
    const { channel, module, events } = open();
    const request = timesOut(channel.execute(publish({ response: LONG, result: SOON }), { id: 1 }), 'result');
    await module.answers('AT+PUB=1');
    await request;
    await module.sends('\r\n+PUB: 1,0\r\n');
    expect(events).toEqual(['urc +PUB: 1,0']);
    expect(channel.stats.timeouts.result).toBe(1);
    expect(channel.stats.resyncs).toBe(0);
  });
});

describe('Channel and a prompt that does not come in time', () => {
  const command = publish({ prompt: SOON, response: LONG, result: LONG });
  const args = { id: 1, payload: Buffer.from('abcd') };

  it('sends the payload to the late prompt, as the module wants it', async () => {
    const { channel, module } = open();
    const late = timesOut(channel.execute(command, args), 'prompt');
    const next = channel.execute(PLAIN, null);
    await module.expects('AT+PUB=1,4\r\n');
    await late;
    await module.sends('\r\n> ');
    await module.expects('abcd');
    await module.sends('\r\nOK\r\n');
    await module.answers('AT+PLAIN');
    expect(await next).toBeNull();
  });

  it('finds the way out of a stuck prompt', async () => {
    const { channel, module } = open();
    const late = timesOut(channel.execute(command, args), 'prompt');
    const next = channel.execute(PLAIN, null);
    await module.expects(`AT+PUB=1,4\r\n\x1b\x1b\r${filler(4).toString('latin1')}`);
    await module.sends('\r\nOK\r\n');
    await module.answers('AT+CSQ', '\r\n+CSQ: 1,2\r\n\r\nOK\r\n');
    await module.answers('AT+PLAIN');
    await late;
    expect(await next).toBeNull();
  });

  it('finds back into step when the module gives up while the payload is on its way', async () => {
    const { channel, module } = open();
    const failed = expect(channel.execute(command, args)).rejects.toMatchObject({ final: 'ERROR' });
    const next = channel.execute(PLAIN, null);
    await module.answers('AT+PUB=1,4', '\r\n> ');
    await module.expects('abcd');
    await module.sends('\r\nERROR\r\n');
    await failed;
    await module.answers('AT', '\r\nERROR\r\n\r\nERROR\r\n');
    await module.answers('AT+CSQ', '\r\n+CSQ: 1,2\r\n\r\nOK\r\n');
    await module.answers('AT+PLAIN');
    expect(await next).toBeNull();
  });
});

describe('Channel and a module that falls silent', () => {
  it('rejects all with NOT_RESPONDING, and recovers with the next command', async () => {
    const { channel, module, events } = open({ resync: { tries: 2, interval: INTERVAL } });
    const waiting = channel.execute(publish(), { id: 1 });
    await module.answers('AT+PUB=1');
    const late = timesOut(channel.execute(SLOW, null), 'response');
    const all = Promise.allSettled([waiting, channel.execute(PLAIN, null)]);
    await once(channel, 'unresponsive');
    const codes = (await all).map((result) => (result as PromiseRejectedResult).reason.code);
    expect(codes).toEqual(['NOT_RESPONDING', 'NOT_RESPONDING']);
    await late;
    expect(events).toEqual(['unresponsive']);
    await module.expects('AT+STATE\r\nAT+CSQ\r\nAT+CESQ\r\n');

    // It comes back and answers all that it was asked, with an answer to the first new try among it.
    const next = channel.execute(STATE, null);
    await module.expects('AT\r\n');
    await module.sends(
      '\r\n+STATE: 9,9\r\n\r\nOK\r\n\r\n+CSQ: 9,9\r\n\r\nOK\r\n\r\n+CESQ: 9\r\n\r\nOK\r\n\r\nOK\r\n',
    );
    await module.answers('AT+CSQ', '\r\n+CSQ: 1,2\r\n\r\nOK\r\n');
    await module.answers('AT+STATE', '\r\n+STATE: 1,2\r\n\r\nOK\r\n');
    expect(await next).toEqual([1, 2]);
  });
});
