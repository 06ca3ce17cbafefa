import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { runCli, startCli } from './run-cli.js';
import { ordinaryClient, startWorld, subscribed } from './world.js';

const BYTES = Buffer.from(Array.from({ length: 3000 }, (_, index) => (index * 7919) % 256));

describe('atmqtt sub', () => {
  it('writes a payload byte for byte and ends after -C messages', async () => {
    const { broker, to } = await startWorld();
    const ordinary = await ordinaryClient(broker);
    const ready = subscribed(broker);
    const sub = startCli(['sub', ...to, '-t', 'bin', '-q', '1', '-C', '1', '-N']);
    await ready;
    await ordinary.publishAsync('bin', BYTES, { qos: 1 });
    const { code, stdout, stderr } = await sub.finished();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.equals(BYTES)).toBe(true);
  });

  it('subscribes to several topics and prints topic and payload with -v', async () => {
    const { broker, to } = await startWorld();
    const ordinary = await ordinaryClient(broker);
    const ready = subscribed(broker);
    const sub = startCli(['sub', ...to, '-t', 'a', '-t', 'b/#', '-v', '-C', '2']);
    await ready;
    await ordinary.publishAsync('a', '1', { qos: 1 });
    await ordinary.publishAsync('c', 'not for us', { qos: 1 });
    await ordinary.publishAsync('b/x', '2\n', { qos: 1 });
    const { code, stdout } = await sub.finished();
    expect(code).toBe(0);
    expect(String(stdout)).toBe('a 1\nb/x 2\n\n');
  });

  it('prints what -F says', async () => {
    const { broker, to } = await startWorld();
    await (await ordinaryClient(broker)).publishAsync('kept', 'Kö', { qos: 1, retain: true });
    const { code, stdout } = await runCli([
      'sub',
      ...to,
      '-t',
      'kept',
      '-C',
      '1',
      '-F',
      '%t|%l|%X|%q%r\\t%%',
    ]);
    expect(code).toBe(0);
    expect(String(stdout)).toBe('kept|3|4BC3B6|--\t%\n');
  });

  it('prints one JSON object a message, and nothing else', async () => {
    const { broker, to } = await startWorld();
    const ordinary = await ordinaryClient(broker);
    const ready = subscribed(broker);
    const sub = startCli(['sub', ...to, '-t', '#', '--json', '-C', '2']);
    await ready;
    await ordinary.publishAsync('text', 'a "b"\n', { qos: 1 });
    await ordinary.publishAsync('bytes', Buffer.from([255, 0]), { qos: 1 });
    const { code, stdout, stderr } = await sub.finished();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const records = String(stdout)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(records).toEqual([
      { time: expect.any(String), topic: 'text', messageId: 1, bytes: 6, payload: 'a "b"\n' },
      { time: expect.any(String), topic: 'bytes', messageId: 2, bytes: 2, payloadBase64: '/wA=' },
    ]);
    expect(Math.abs(Date.parse(records[0].time) - Date.now())).toBeLessThan(20_000);
  });

  it('ends with 7 when the time limit is reached, and disconnects', async () => {
    const { commands, to } = await startWorld();
    const { code, stdout, stderr } = await runCli(['sub', ...to, '-t', 'quiet', '-W', '0.2']);
    expect({ code, stdout: String(stdout), stderr }).toEqual({ code: 7, stdout: '', stderr: '' });
    expect(commands.slice(-2)).toEqual(['AT+LMQTTDISC=0', 'AT+LMQTTCLOSE=0']);
  });

  it('ends quietly when nobody reads its output any more', async () => {
    const { broker, commands, to } = await startWorld();
    const ordinary = await ordinaryClient(broker);
    const ready = subscribed(broker);
    const sub = startCli(['sub', ...to, '-t', '#']);
    await ready;
    await ordinary.publishAsync('t', 'first', { qos: 1 });
    await sub.shows('stdout', /first\n/);
    sub.process.stdout.destroy();
    await ordinary.publishAsync('t', 'second', { qos: 1 });
    const { code, stderr } = await sub.finished();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(commands.slice(-2)).toEqual(['AT+LMQTTDISC=0', 'AT+LMQTTCLOSE=0']);
  });

  it('prints what comes although the result of the subscription is lost', async () => {
    const { broker, modem, to } = await startWorld();
    const ordinary = await ordinaryClient(broker);
    modem.on('command', (line) => {
      if (line.includes('SUBUNSUB')) modem.faults.on('late-result=600000');
    });
    const ready = subscribed(broker);
    const sub = startCli(['sub', ...to, '-t', 't', '-q', '1', '-C', '1']);
    await ready;
    await ordinary.publishAsync('t', 'all the same', { qos: 1 });
    await sub.shows('stdout', /all the same\n/);
    modem.faults.off('late-result');
    expect(await sub.finished()).toMatchObject({ code: 0, stderr: '' });
  });

  it('prints what comes until it has disconnected', async () => {
    const { broker, modem, to } = await startWorld();
    const ordinary = await ordinaryClient(broker);
    const ready = subscribed(broker);
    const sub = startCli(['sub', ...to, '-t', 't']);
    await ready;
    modem.faults.on('slow=500');
    const received = once(modem, 'received');
    await ordinary.publishAsync('t', 'in the last moment', { qos: 1 });
    await received;
    sub.process.kill('SIGINT');
    const { stdout } = await sub.finished();
    expect(String(stdout)).toBe('in the last moment\n');
  });

  it('blames nobody for a subscription that fails without saying who refused it', async () => {
    const { broker, modem, to } = await startWorld();
    const ordinary = await ordinaryClient(broker);
    const ready = subscribed(broker);
    const sub = startCli(['sub', ...to, '-t', 't', '--json']);
    await ready;
    // By then the result of the subscription has come.
    await ordinary.publishAsync('t', 'before', { qos: 1 });
    await sub.shows('stdout', /before/);
    modem.faults.on('subscribe-fails');
    modem.dropBroker();
    await sub.shows(
      'stderr',
      /"code":"DEGRADED","note":"subscription to \\"t\\": its messages do not come until the next session: subscribe failed/,
    );
    sub.process.kill('SIGINT');
    expect((await sub.finished()).code).toBe(130);
  });

  it('connects again after a loss, and says so', async () => {
    const { broker, modem, to } = await startWorld();
    const ordinary = await ordinaryClient(broker);
    const ready = subscribed(broker);
    const sub = startCli(['sub', ...to, '-t', 't', '-C', '2']);
    await ready;
    await ordinary.publishAsync('t', 'before', { qos: 1 });
    await sub.shows('stdout', /before/);
    const back = subscribed(broker);
    modem.dropBroker();
    await back;
    await ordinary.publishAsync('t', 'after', { qos: 1 });
    const { code, stdout, stderr } = await sub.finished();
    expect({ code, stdout: String(stdout) }).toEqual({ code: 0, stdout: 'before\nafter\n' });
    expect(stderr).toMatch(
      /^atmqtt: While the session was up: session lost: [^\n]*\. In 1 s atmqtt opens the session again \(attempt 1\)\.\natmqtt: connected again\n$/,
    );
  });
});
