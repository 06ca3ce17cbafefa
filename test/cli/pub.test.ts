import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli, startCli } from './run-cli.js';
import { gather, startWorld } from './world.js';

const BYTES = Buffer.from([0, 13, 10, 26, 27, 34, 255, 254, ...Buffer.from('OK\r\nERROR\r\n')]);

describe('atmqtt pub', () => {
  it('publishes a text with its QoS', async () => {
    const { broker, to } = await startWorld();
    const seen = await gather(broker, '#', 1);
    const { code, stdout, stderr } = await runCli([
      'pub',
      ...to,
      '-t',
      'up/a',
      '-m',
      'hello "you"',
      '-q',
      '1',
    ]);
    expect({ code, stdout: String(stdout), stderr }).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(await seen.all).toEqual([
      { topic: 'up/a', payload: Buffer.from('hello "you"'), qos: 1, retain: false },
    ]);
  });

  it('takes options of the program in front of its name, and a message that looks like one of them', async () => {
    const { broker, modem } = await startWorld();
    const seen = await gather(broker, '#', 1);
    const { code, stdout } = await runCli([
      '-p',
      modem.url,
      '--json',
      'pub',
      '-b',
      'h',
      '-t',
      't',
      '-m',
      '-d',
    ]);
    expect(code).toBe(0);
    expect(String(stdout)).toBe('{"topic":"t","qos":0,"retain":false,"bytes":2}\n');
    expect((await seen.all)[0]?.payload.toString()).toBe('-d');
  });

  it('publishes a file, the whole of stdin, and nothing', async () => {
    const { broker, to } = await startWorld();
    const seen = await gather(broker, '#', 3);
    const folder = await mkdtemp(join(tmpdir(), 'atmqtt-'));
    const file = join(folder, 'payload.bin');
    await writeFile(file, BYTES);
    const results = [
      await runCli(['pub', ...to, '-t', 'f', '-f', file, '-q', '2']),
      await runCli(['pub', ...to, '-t', 's', '-s', '-q', '1'], { input: BYTES }),
      await runCli(['pub', ...to, '-t', 'n', '-n', '-q', '1']),
    ];
    await rm(folder, { recursive: true });
    expect(results.map(({ code }) => code)).toEqual([0, 0, 0]);
    const received = (await seen.all).map(({ topic, payload }) => [topic, payload.toString('hex')]);
    expect(received).toEqual([
      ['f', BYTES.toString('hex')],
      ['s', BYTES.toString('hex')],
      ['n', ''],
    ]);
  });

  it('leaves a retained message at the broker', async () => {
    const { broker, to } = await startWorld();
    const { code } = await runCli(['pub', ...to, '-t', 'state', '-m', 'on', '-r', '-q', '1']);
    expect(code).toBe(0);
    const seen = await gather(broker, 'state', 1);
    expect(await seen.all).toEqual([{ topic: 'state', payload: Buffer.from('on'), qos: 1, retain: true }]);
  });

  it('publishes many lines of stdin in their order, an empty one and an unfinished one too', async () => {
    const { broker, to } = await startWorld({ latency: { roundTrip: 5, jitter: 5 } });
    const lines = [...Array.from({ length: 200 }, (_, index) => `line ${index}`), '', 'CR stays\r', 'last'];
    const seen = await gather(broker, 'log', lines.length);
    const { code, stdout, stderr } = await runCli(['pub', ...to, '-t', 'log', '-l', '-q', '1', '--json'], {
      input: lines.join('\n'),
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect((await seen.all).map(({ payload }) => payload.toString())).toEqual(lines);
    expect(String(stdout).trimEnd().split('\n')).toHaveLength(lines.length);
  });

  it.each([
    ['a file', ['-f', '/dev/zero'], '/dev/zero'],
    ['stdin', ['-s'], 'stdin'],
  ])('reads no more of %s than a message can carry', async (_what, args, source) => {
    // Without an end: the command must stop by itself.
    const running = startCli(['pub', '-p', 'sim:', '-t', 't', ...args]);
    const feed = setInterval(() => running.process.stdin.write(Buffer.alloc(1000)), 1);
    const { code, stderr } = await running.finished();
    clearInterval(feed);
    expect(code).toBe(2);
    expect(stderr).toBe(
      `atmqtt: ${source} has more than 8000 bytes, the most that one message can carry: send it in parts\n`,
    );
  });

  it('says at Ctrl-C how many lines were sent', async () => {
    const { broker, to } = await startWorld();
    const seen = await gather(broker, 'log', 2);
    const running = startCli(['pub', ...to, '-t', 'log', '-l', '-q', '1', '--json']);
    running.process.stdin.write('one\ntwo\nthr');
    await seen.all;
    await running.shows('stdout', /\n.*\n/);
    running.process.kill('SIGINT');
    const { code, stderr } = await running.finished();
    expect(code).toBe(130);
    expect(JSON.parse(stderr)).toMatchObject({ code: 'SENT', note: '2 messages sent before that' });
  });

  it('stops reading lines when a message fails', async () => {
    const { to } = await startWorld({ faults: ['publish-result=2'] });
    const { code, stderr } = await runCli(['pub', ...to, '-t', 'log', '-l', '-q', '0'], {
      input: 'one\ntwo\n',
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^atmqtt: 0 messages sent before that\natmqtt: publish failed: [^\n]*\n$/);
  });

  it('sends a line with QoS 1 again that the module could not send', async () => {
    const { broker, to } = await startWorld({ faults: ['publish-result=2:1'] });
    const seen = await gather(broker, 'log', 2);
    const { code, stderr } = await runCli(['pub', ...to, '-t', 'log', '-l', '-q', '1'], {
      input: 'one\ntwo\n',
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect((await seen.all).map(({ payload }) => String(payload)).sort()).toEqual(['one', 'two']);
  });

  it('uses an embedded module and broker for sim:', async () => {
    const { code, stderr } = await runCli(['pub', '-t', 't', '-m', 'x', '-q', '2'], {
      environment: { ATMQTT_PORT: 'sim:' },
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});

describe('a message that the broker refuses by closing the connection', () => {
  it('ends the command with 6, and says what may be the reason', async () => {
    const { to } = await startWorld();
    const { code, stderr } = await runCli(['pub', ...to, '-t', '$SYS/up', '-m', 'x', '-q', '1']);
    expect(code).toBe(6);
    expect(stderr).toContain('so they go out one at a time now. ');
    expect(stderr).toMatch(
      /\natmqtt: publish to "\$SYS\/up": the broker closed the connection each time this message was sent, 5 times in a row; perhaps it does not accept the topic from this client, QoS 1 or 1 byte\n$/,
    );
    expect(stderr).not.toContain('another client');
  });

  it('is kept in the outbox, which lists the reason, and what is behind it is sent', async () => {
    const { broker, to } = await startWorld();
    const seen = await gather(broker, 'up', 1);
    const folder = await mkdtemp(join(tmpdir(), 'atmqtt-'));
    const file = join(folder, 'outbox.db');
    const stored = await runCli([
      ...['pub', '-p', 'tcp://127.0.0.1:1', '-b', 'mqtt://h', '-t', '$SYS/up', '-m', 'x', '-q', '1'],
      ...['--outbox', file],
    ]);
    expect(stored.code).toBe(3);
    const { code } = await runCli(['pub', ...to, '-t', 'up', '-m', 'y', '-q', '1', '--outbox', file]);
    expect(code).toBe(6);
    expect((await seen.all)[0]?.payload.toString()).toBe('y');
    const { stdout } = await runCli(['outbox', file, 'list']);
    await rm(folder, { recursive: true });
    expect(String(stdout)).toMatch(
      /^1 .* set aside after 5 attempts: publish to "\$SYS\/up": the broker closed the connection [^\n]*\n$/,
    );
  });
});
