import { describe, expect, it } from 'vitest';
import { BARE, NOTE, open, PLAIN, query } from './channel-fixtures.js';

const STATE = query('+STATE');

describe('Channel, one stage', () => {
  it('resolves at the final result code, not before', async () => {
    const { channel, module } = open();
    let settled = false;
    const answer = channel.execute(STATE, null).finally(() => {
      settled = true;
    });
    await module.answers('AT+STATE', '\r\n+STATE: 1,2\r\n');
    expect(settled).toBe(false);
    await module.sends('\r\nOK\r\n');
    expect(await answer).toEqual([1, 2]);
  });

  it('runs strictly one at a time, by priority, and in order within one', async () => {
    const { channel, module } = open();
    const order: string[] = [];
    const send = (line: string, priority: 'recovery' | 'user' | 'polling') =>
      channel.send(line, { priority }).then(() => order.push(line));
    const all = [
      send('AT+A', 'polling'),
      send('AT+B', 'polling'),
      send('AT+C', 'user'),
      send('AT+D', 'recovery'),
    ];
    for (const line of ['AT+A', 'AT+D', 'AT+C', 'AT+B']) {
      await module.expects(`${line}\r\n`);
      expect(module.unexpected).toBe('');
      await module.sends('\r\nOK\r\n');
    }
    await Promise.all(all);
    expect(order).toEqual(['AT+A', 'AT+D', 'AT+C', 'AT+B']);
    expect(channel.stats.commands).toBe(4);
  });

  it('gives URCs between command and answer to their listeners, and never to the command', async () => {
    const { channel, module, events } = open();
    const notes: number[] = [];
    const forget = channel.onUrc(NOTE, (value) => notes.push(value));
    const answer = channel.execute(BARE, null);
    await module.answers('AT+BARE', '\r\n+NOTE: 1\r\n\r\n8613\r\n+NOTE: 2\r\n\r\nOK\r\n\r\n+NOTE: 3\r\n');
    expect(await answer).toBe('8613');
    forget();
    await module.sends('\r\n+NOTE: 4\r\n');
    expect(notes).toEqual([1, 2, 3]);
    expect(events).toEqual(['urc +NOTE: 1', 'urc +NOTE: 2', 'urc +NOTE: 3', 'urc +NOTE: 4']);
    expect(channel.stats.unknownLines).toBe(1);
  });

  it('gives raw commands their own prefix and what nobody wants', async () => {
    const { channel, module } = open();
    channel.onUrc(NOTE, () => {});
    const answer = channel.send('AT+NOTE?');
    await module.answers('AT+NOTE?', '\r\n+NOTE: 1\r\nanything\r\n\r\nOK\r\n');
    expect(await answer).toEqual({ lines: ['+NOTE: 1', 'anything'], final: 'OK' });
    const other = channel.send('ATI');
    await module.answers('ATI', '\r\n+NOTE: 2\r\nNT26\r\n\r\nOK\r\n');
    expect(await other).toEqual({ lines: ['NT26'], final: 'OK' });
  });

  it('counts final result codes that answer nothing, and gives them to nobody', async () => {
    const { channel, module, events } = open();
    await module.sends('\r\nOK\r\n\r\nERROR\r\n');
    const answer = channel.execute(STATE, null);
    await module.answers('AT+STATE', '\r\n+STATE: 1,2\r\n\r\nOK\r\n\r\nOK\r\n');
    expect(await answer).toEqual([1, 2]);
    expect(channel.stats.strayResults).toBe(3);
    expect(events).toEqual([]);
  });

  it('rejects with the final result code, the masked line, the lines so far and the stack of the caller', async () => {
    const { channel, module } = open();
    async function theCaller() {
      await channel.send('AT+LMQTTCONN=0,"id","user","secret"');
    }
    const failure = theCaller().catch((error) => error);
    await module.answers('AT+LMQTTCONN=0,"id","user","secret"', '\r\n+A: 1\r\n\r\n+CME ERROR: 10\r\n');
    const error = await failure;
    expect(error).toMatchObject({
      code: 'COMMAND_FAILED',
      final: '+CME ERROR: 10',
      number: 10,
      command: 'AT+LMQTTCONN=0,"id","user","***"',
      lines: ['+A: 1'],
    });
    expect(error.stack).toContain('theCaller');
    expect(error.stack).not.toContain('secret');
  });

  it.each([
    ['too little', STATE, '\r\nOK\r\n', 'something that is not understood'],
    [
      'a parser that throws',
      { ...BARE, response: { ...BARE.response, parse: () => JSON.parse('{') } },
      '\r\nOK\r\n',
      'something that cannot be parsed',
    ],
  ])('rejects %s with BAD_RESPONSE, and goes on', async (_name, command, bytes, words) => {
    const { channel, module } = open();
    const failed = expect(channel.execute(command as typeof STATE, null)).rejects.toMatchObject({
      code: 'BAD_RESPONSE',
      message: expect.stringContaining(words),
    });
    await module.answers(command.request.format(null), bytes);
    await failed;
    const next = channel.execute(PLAIN, null);
    await module.answers('AT+PLAIN');
    expect(await next).toBeNull();
  });

  it.each([
    ['line', () => open().channel.send('+CSQ')],
    ['line', () => open().channel.send('AT+CSQ\rAT+CFUN=0')],
    ['line', () => open().channel.send(7 as unknown as string)],
    ['line', () => open().channel.send(`AT+X="${'é'.repeat(2048)}"`)],
    ['payload', () => open().channel.send('AT+X', { payload: 'x' as unknown as Buffer })],
    ['timeout', () => open().channel.send('AT', { timeout: 0 })],
    ['tries', () => open().channel.synchronise({ tries: 0 })],
    ['interval', () => open().channel.synchronise({ interval: 0.5 })],
    ['gap', async () => open({ gap: -1 })],
    ['resync.tries', async () => open({ resync: { tries: 0, interval: 1 } })],
    ['maxLine', async () => open({ maxLine: 0 })],
  ])('refuses a bad %s', async (field, call) => {
    await expect(call()).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', field });
  });
});

describe('Channel and echo', () => {
  it('works with echo on, off, coming back and switched over', async () => {
    const { channel, module, events } = open();
    const run = async (line: string, bytes: string) => {
      const answer = channel.send(line);
      await module.answers(line, bytes);
      return (await answer).lines;
    };
    expect(await run('AT+A', 'AT+A\r\r\n+A: 1\r\n\r\nOK\r\n')).toEqual(['+A: 1']);
    // The echo is the fence: what comes before it is not the answer.
    expect(await run('AT+A', '\r\n+A: 9\r\n\r\nOK\r\nAT+A\r\r\n+A: 1\r\n\r\nOK\r\n')).toEqual(['+A: 1']);
    expect(await run('ATE0', 'ATE0\r\r\nOK\r\n')).toEqual([]);
    expect(await run('AT+A', '\r\n+A: 2\r\n\r\nOK\r\n')).toEqual(['+A: 2']);
    expect(await run('AT+A', 'AT+A\r\r\n+A: 3\r\n\r\nOK\r\n')).toEqual(['+A: 3']);
    expect(await run('ATV1E0', 'ATV1E0\r\r\nOK\r\n')).toEqual([]);
    expect(await run('AT+A', '\r\nOK\r\n')).toEqual([]);
    expect(events).toEqual(['urc +A: 9']);
    expect(channel.stats.strayResults).toBe(1);
  });
});
