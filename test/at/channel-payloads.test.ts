import { describe, expect, it } from 'vitest';
import { LONG, open, publish, RECEIVED, read, SOON } from './channel-fixtures.js';

const PUBLISH = publish();

describe('Channel, counted payloads', () => {
  const PAYLOAD = '\r\n> "\r\nOK\r\n,\x00\xff';

  it('keeps them exact, in URCs and in responses, and is not fooled by what is in them', async () => {
    const { channel, module, events } = open();
    const received: string[] = [];
    channel.onUrc(RECEIVED, (value) => received.push(value));
    const answer = channel.execute(read(), null);
    await module.expects('AT+READ\r\n');
    const message = `\r\n+RECV: ${PAYLOAD.length},${PAYLOAD}\r\n`;
    await module.sends(message);
    await module.sends(`\r\n+READ: ${PAYLOAD.length},"${PAYLOAD}"\r\n${message}\r\nOK\r\n`);
    expect(await answer).toBe(PAYLOAD);
    expect(received).toEqual([PAYLOAD, PAYLOAD]);
    expect(events[0]).toBe(`urc +RECV: ${PAYLOAD.length},${PAYLOAD}`);
  });

  it('does not take a prompt within one for the prompt', async () => {
    const { channel, module } = open();
    channel.onUrc(RECEIVED, () => {});
    const answer = channel.execute(PUBLISH, { id: 1, payload: Buffer.from('ab') });
    await module.answers('AT+PUB=1,2', `\r\n+RECV: ${PAYLOAD.length},\r\n> `);
    expect(module.unexpected).toBe('');
    await module.sends(`${PAYLOAD.slice(4)}\r\n\r\n> `);
    await module.expects('ab');
    await module.sends('\r\nOK\r\n\r\n+PUB: 1,0\r\n');
    expect(await answer).toEqual([1, 0]);
  });
});

describe('Channel, data mode', () => {
  it('sends exactly the bytes at the prompt', async () => {
    const { channel, module } = open();
    const payload = Buffer.from('\x00\r\n\x1a"\xff', 'latin1');
    const answer = channel.execute(publish({ prompt: LONG, response: LONG, result: LONG }), {
      id: 9,
      payload,
    });
    await module.answers('AT+PUB=9,6', '\r\n> ');
    await module.expects('\x00\r\n\x1a"\xff');
    await module.sends('\r\nOK\r\n\r\n+PUB: 9,0\r\n');
    expect(await answer).toEqual([9, 0]);
    expect(module.unexpected).toBe('');
  });

  it('gives a payload that is written the time that the line takes for it', async () => {
    const { channel, module } = open();
    const payload = Buffer.alloc(100);
    const limits = { prompt: LONG, response: SOON, result: LONG };
    const answer = channel.execute(publish(limits), { id: 9, payload });
    await module.answers('AT+PUB=9,100', '\r\n> ');
    // Two ms per byte on top of the limit.
    await expect(answer).rejects.toMatchObject({ code: 'TIMEOUT', stage: 'response', limit: SOON + 200 });
    channel.close();
  });

  it('waits for the prompt, whatever comes before and behind it', async () => {
    const { channel, module, events } = open();
    const answer = channel.send('AT+X=2', { payload: Buffer.from('ab') });
    await module.answers('AT+X=2', 'AT+X=2\r\r\n+NOTE: 1\r\n> +NOTE: 2\r\n');
    await module.expects('ab');
    await module.sends('\r\nOK\r\n');
    expect(await answer).toEqual({ lines: ['+NOTE: 1', '+NOTE: 2'], final: 'OK' });
    expect(events).toEqual([]);
  });

  it('gives a prompt behind a stray OK its payload, as it would eat the next command', async () => {
    const { channel, module } = open();
    const answer = channel.execute(PUBLISH, { id: 1, payload: Buffer.from('ab') });
    const failed = expect(answer).rejects.toMatchObject({ code: 'BAD_RESPONSE' });
    const next = channel.send('AT+X');
    await module.answers('AT+PUB=1,2', '\r\nOK\r\n\r\n> ');
    await failed;
    await module.expects('ab');
    await module.sends('\r\nOK\r\n');
    await module.answers('AT+X');
    expect(await next).toEqual({ lines: [], final: 'OK' });
  });

  it('rejects when the module refuses, or says OK without asking for the payload', async () => {
    const { channel, module } = open();
    const args = { id: 1, payload: Buffer.from('ab') };
    const refused = expect(channel.execute(PUBLISH, args)).rejects.toMatchObject({ number: 3 });
    await module.answers('AT+PUB=1,2', '\r\n+CME ERROR: 3\r\n');
    await refused;
    const unasked = expect(channel.execute(PUBLISH, args)).rejects.toMatchObject({ code: 'BAD_RESPONSE' });
    await module.answers('AT+PUB=1,2');
    await unasked;
    expect(module.unexpected).toBe('');
  });
});
