import { describe, expect, it } from 'vitest';
import { open, PUBLISHED, publish, query, RECEIVED } from './channel-fixtures.js';

const STATE = query('+STATE');
const PUBLISH = publish();

describe('Channel, two stages', () => {
  it('is free for others between OK and result, and matches results in any order', async () => {
    const { channel, module } = open();
    const [one, two] = [channel.execute(PUBLISH, { id: 1 }), channel.execute(PUBLISH, { id: 2 })];
    await module.answers('AT+PUB=1');
    await module.answers('AT+PUB=2');
    const state = channel.execute(STATE, null);
    await module.answers('AT+STATE', '\r\n+PUB: 2,1\r\n\r\n+STATE: 1,2\r\n\r\n+PUB: 1,0\r\n\r\nOK\r\n');
    expect(await Promise.all([one, two, state])).toEqual([
      [1, 0],
      [2, 1],
      [1, 2],
    ]);
  });

  it('takes a result before the OK, shared with a message in one read', async () => {
    const { channel, module } = open();
    const received: string[] = [];
    channel.onUrc(RECEIVED, (value) => received.push(value));
    const answer = channel.execute(PUBLISH, { id: 1 });
    await module.answers('AT+PUB=1', '+PUB: 1,0\r\n+RECV: 2,hi\r\nOK\r\n');
    expect(await answer).toEqual([1, 0]);
    expect(received).toEqual(['hi']);
  });

  it('does not take a result that came before the command was written', async () => {
    const { channel, module, events } = open();
    await module.sends('\r\n+PUB: 1,9\r\n');
    const answer = channel.execute(PUBLISH, { id: 1 });
    await module.answers('AT+PUB=1');
    await module.sends('\r\n+PUB: 1,0\r\n');
    expect(await answer).toEqual([1, 0]);
    expect(events).toEqual(['urc +PUB: 1,9']);
  });

  it('lets the first of two contradicting results stand, and tells the other as a URC', async () => {
    const { channel, module, events } = open();
    const answer = channel.execute(PUBLISH, { id: 1 });
    await module.answers('AT+PUB=1', '\r\n+PUB: 1,2\r\n\r\n+PUB: 1,0\r\n\r\nOK\r\n\r\n+PUB: 1,0\r\n');
    expect(await answer).toEqual([1, 2]);
    expect(events).toEqual(['urc +PUB: 1,0', 'urc +PUB: 1,0']);
  });

  it('is over with a refusal, even if a result came', async () => {
    const { channel, module } = open();
    const failed = expect(channel.execute(PUBLISH, { id: 1 })).rejects.toMatchObject({ final: 'ERROR' });
    await module.answers('AT+PUB=1', '\r\n+PUB: 1,0\r\n\r\nERROR\r\n');
    await failed;
    const seen: unknown[] = [];
    channel.onUrc(PUBLISHED, (value) => seen.push(value));
    await module.sends('\r\n+PUB: 1,0\r\n');
    expect(seen).toEqual([[1, 0]]);
  });

  it('gives raw and bare commands no result that another one waits for', async () => {
    const { channel, module } = open();
    const result = channel.execute(PUBLISH, { id: 1 });
    await module.answers('AT+PUB=1');
    const raw = channel.send('AT+PUB?');
    await module.answers('AT+PUB?', '\r\n+PUB: 7,7\r\n\r\n+PUB: 1,0\r\n\r\nOK\r\n');
    expect(await raw).toEqual({ lines: ['+PUB: 7,7'], final: 'OK' });
    expect(await result).toEqual([1, 0]);
  });
});
