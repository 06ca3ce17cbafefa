import { describe, expect, it } from 'vitest';
import { INTERVAL, LONG, open, PLAIN, query, SOON } from './channel-fixtures.js';

describe('Channel and its pace', () => {
  it('keeps the gap between a final result code and the next command', async () => {
    const { channel, module } = open({ gap: 20 });
    const all = [channel.send('AT+A'), channel.send('AT+B')];
    await module.answers('AT+A');
    await all[0];
    const end = performance.now();
    channel.send('AT+C').catch(() => {});
    await module.expects('AT+B\r\n');
    expect(performance.now() - end).toBeGreaterThan(15);
    channel.close();
    await expect(all[1]).rejects.toMatchObject({ code: 'CLOSED' });
  });

  it('wakes the module after idle time, and not otherwise', async () => {
    const { channel, module } = open({ wakeAfter: 50, resync: { tries: 50, interval: INTERVAL } });
    const idle = performance.now() + 60;
    while (performance.now() < idle);
    const first = channel.execute(PLAIN, null);
    await module.answers('AT');
    await module.answers('AT+PLAIN');
    await first;
    expect(channel.stats.resyncs).toBe(0);
    const off = open({ wakeAfter: 0 });
    const late = performance.now() + 2;
    while (performance.now() < late);
    const plain = off.channel.execute(PLAIN, null);
    await off.module.answers('AT+PLAIN');
    expect(await plain).toBeNull();
  });

  it('reports what it drops', async () => {
    const { channel, module, events } = open({ maxLine: 10 });
    await module.sends(`\x00\xff\r\n${'x'.repeat(20)}\r\n`);
    expect(events).toEqual(['dropped garbage 2', 'dropped too-long 22']);
    expect(channel.stats.dropped).toEqual({ 'too-long': 22, garbage: 2, 'out-of-step': 0, incomplete: 0 });
  });

  it('synchronises ahead of the queue, and rejects when nothing answers', async () => {
    const { channel, module } = open();
    const first = channel.send('AT+A');
    await module.expects('AT+A\r\n');
    const queued = channel.send('AT+B');
    const [one, two] = [channel.synchronise(), channel.synchronise()];
    await module.sends('\r\nOK\r\n');
    await module.answers('AT');
    await module.answers('AT+CSQ', '\r\n+CSQ: 1,2\r\n\r\nOK\r\n');
    await module.answers('AT+B');
    await Promise.all([first, one, two, queued]);
    const vain = channel.synchronise({ tries: 2, interval: INTERVAL });
    await expect(vain).rejects.toMatchObject({ code: 'NOT_RESPONDING' });
  });

  it('has all the tries that were asked for, even if a quarantine before it ends in vain', async () => {
    const { channel, module, events } = open({ resync: { tries: 1, interval: INTERVAL } });
    const late = expect(channel.execute(query('+A', SOON), null)).rejects.toMatchObject({ code: 'TIMEOUT' });
    await module.expects('AT+A\r\n');
    await late;
    const synchronised = channel.synchronise({ tries: 1000, interval: LONG });
    await module.expects('AT+CSQ\r\nAT\r\n');
    await module.sends('\r\nOK\r\n');
    channel.close();
    await expect(synchronised).rejects.toMatchObject({ code: 'CLOSED' });
    expect(events).toEqual([]);
  });
});
