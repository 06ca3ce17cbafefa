import { afterEach, describe, expect, it, vi } from 'vitest';
import { turn } from '../helpers/scripted-module.js';
import { open, PLAIN, publish, query, SOON } from './channel-fixtures.js';

const STATE = query('+STATE');

afterEach(() => {
  vi.useRealTimers();
});

describe('Channel and AbortSignal', () => {
  it('takes a queued command out of the queue', async () => {
    const { channel, module } = open();
    const controller = new AbortController();
    const first = channel.execute(STATE, null);
    const queued = channel.execute(PLAIN, null, { signal: controller.signal });
    const last = channel.send('AT+LAST');
    await module.expects('AT+STATE\r\n');
    controller.abort('enough');
    await expect(queued).rejects.toMatchObject({ code: 'ABORTED', command: 'AT+PLAIN', cause: 'enough' });
    await module.sends('\r\n+STATE: 1,2\r\n\r\nOK\r\n');
    await module.answers('AT+LAST');
    await Promise.all([first, last]);
    await expect(channel.send('AT', { signal: controller.signal })).rejects.toMatchObject({
      code: 'ABORTED',
    });
    await expect(channel.synchronise({ signal: controller.signal })).rejects.toMatchObject({
      code: 'ABORTED',
    });
    expect(module.unexpected).toBe('');
  });

  it('rejects a running command at once, but keeps the channel until the module has answered', async () => {
    const { channel, module } = open();
    const controller = new AbortController();
    const running = channel.execute(STATE, null, { signal: controller.signal });
    const next = channel.execute(STATE, null);
    await module.expects('AT+STATE\r\n');
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: 'ABORTED' });
    await turn();
    await turn();
    expect(module.unexpected).toBe('');
    await module.sends('\r\n+STATE: 9,9\r\n\r\nOK\r\n');
    await module.answers('AT+STATE', '\r\n+STATE: 1,2\r\n\r\nOK\r\n');
    expect(await next).toEqual([1, 2]);
    expect(channel.stats.resyncs).toBe(0);
  });

  it('quarantines an aborted command that is not answered', async () => {
    const { channel, module } = open();
    const controller = new AbortController();
    const running = channel.execute(query('+STATE', SOON), null, { signal: controller.signal });
    const next = channel.execute(PLAIN, null);
    await module.expects('AT+STATE\r\n');
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: 'ABORTED' });
    await module.answers('AT+CSQ', '\r\n+CSQ: 1,2\r\n\r\nOK\r\n');
    await module.answers('AT+PLAIN');
    expect(await next).toBeNull();
    expect(channel.stats.timeouts.response).toBe(0);
  });

  it('gives the module the payload that it asks for, even if nobody waits any more', async () => {
    const { channel, module, events } = open();
    const controller = new AbortController();
    const args = { id: 1, payload: Buffer.from('ab') };
    const running = channel.execute(publish(), args, { signal: controller.signal });
    await module.expects('AT+PUB=1,2\r\n');
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: 'ABORTED' });
    await module.sends('\r\n> ');
    await module.expects('ab');
    await module.sends('\r\nOK\r\n\r\n+PUB: 1,0\r\n');
    expect(events).toEqual(['urc +PUB: 1,0']);
  });

  it('gives up the wait for a result', async () => {
    const { channel, module, events } = open();
    const controller = new AbortController();
    const waiting = channel.execute(publish(), { id: 1 }, { signal: controller.signal });
    await module.answers('AT+PUB=1');
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'ABORTED' });
    await module.sends('\r\n+PUB: 1,0\r\n');
    expect(events).toEqual(['urc +PUB: 1,0']);
  });

  it('gives up the wait for the synchronisation', async () => {
    const { channel, module } = open();
    const controller = new AbortController();
    const synchronised = channel.synchronise({ signal: controller.signal });
    await module.expects('AT\r\n');
    controller.abort();
    await expect(synchronised).rejects.toMatchObject({ code: 'ABORTED' });
  });
});

describe('Channel and the timeout of the caller', () => {
  it('holds in the queue', async () => {
    const { channel, module } = open();
    channel.execute(STATE, null).catch(() => {});
    const queued = channel.execute(PLAIN, null, { timeout: SOON });
    await expect(queued).rejects.toMatchObject({ code: 'TIMEOUT', stage: 'queue', limit: SOON });
    await module.answers('AT+STATE', '\r\n+STATE: 1,2\r\n\r\nOK\r\n');
    await turn();
    expect(module.unexpected).toBe('');
    expect(channel.stats.timeouts).toEqual({ queue: 1, write: 0, prompt: 0, response: 0, result: 0 });
  });

  it.each([
    ['response', STATE, null, 'AT+STATE\r\n', ''],
    ['prompt', publish(), { id: 1, payload: Buffer.from('a') }, 'AT+PUB=1,1\r\n', ''],
    ['result', publish(), { id: 1 }, 'AT+PUB=1\r\n', '\r\nOK\r\n'],
  ] as const)('holds in the stage %s', async (stage, command, args, line, answer) => {
    // The stage is reached within the limit, however busy the machine is.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { channel, module } = open();
    const request = channel.execute(command as typeof STATE, args as null, { timeout: SOON });
    const failed = expect(request).rejects.toMatchObject({ code: 'TIMEOUT', stage, limit: SOON });
    await module.expects(line);
    await module.sends(answer);
    await vi.advanceTimersByTimeAsync(SOON);
    await failed;
    expect(channel.stats.timeouts[stage]).toBe(1);
  });
});
