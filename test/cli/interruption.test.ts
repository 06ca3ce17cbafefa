import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { startCli } from './run-cli.js';
import { gather, ordinaryClient, startWorld, subscribed } from './world.js';

describe('interruption', () => {
  it('ends in order at the first signal: DISCONNECT, no will, exit code 130', async () => {
    const { broker, commands, to } = await startWorld();
    const seen = await gather(broker, 'will', 1);
    const ready = subscribed(broker);
    const sub = startCli(['sub', ...to, '-t', 't', '--will-topic', 'will', '--will-payload', 'gone']);
    await ready;
    sub.process.kill('SIGINT');
    const { code, stdout, stderr } = await sub.finished();
    expect({ code, stdout: String(stdout), stderr }).toEqual({ code: 130, stdout: '', stderr: '' });
    expect(commands).toContain('AT+LMQTTCFG="will",0,1,0,0,"will","gone"');
    expect(commands.slice(-2)).toEqual(['AT+LMQTTDISC=0', 'AT+LMQTTCLOSE=0']);
    const ordinary = await ordinaryClient(broker);
    await ordinary.publishAsync('will', 'the first one to come', { qos: 1 });
    expect((await seen.all)[0]?.payload.toString()).toBe('the first one to come');
  });

  it('ends at once at the second signal, when the module does not answer to the farewell', async () => {
    const { broker, modem, to } = await startWorld();
    const ready = subscribed(broker);
    const sub = startCli(['sub', ...to, '-t', 't', '-d']);
    await ready;
    await sub.shows('stderr', /\+LMQTTSUBUNSUB: /);
    modem.faults.on('silent');
    sub.process.kill('SIGTERM');
    // That of the farewell, not of the start: two signals at once would come in the order of their numbers.
    await sub.shows('stderr', /\+LMQTTSUBUNSUB: [\s\S]*AT\+LMQTTDISC=0/);
    sub.process.kill('SIGINT');
    expect((await sub.finished()).code).toBe(130);
  });

  it.each([
    { args: [], signal: 'SIGTERM', exit: 0 },
    { args: [], signal: 'SIGHUP', exit: 129 },
    { args: ['-C', '5'], signal: 'SIGTERM', exit: 143 },
    { args: ['-W', '600'], signal: 'SIGTERM', exit: 143 },
  ] as const)('ends `sub $args` with $exit at $signal: 0 where that is its ordinary end', async (row) => {
    const { broker, commands, to } = await startWorld();
    const ready = subscribed(broker);
    const sub = startCli(['sub', ...to, '-t', 't', ...row.args]);
    await ready;
    sub.process.kill(row.signal);
    expect((await sub.finished()).code).toBe(row.exit);
    expect(commands.slice(-2)).toEqual(['AT+LMQTTDISC=0', 'AT+LMQTTCLOSE=0']);
  });

  it('ends a simulated module with 0 at SIGTERM, and a publish that did not get through with 143', async () => {
    const sim = startCli(['sim', '--tcp', '127.0.0.1:0']);
    await sim.shows('stdout', /^module /m);
    sim.process.kill('SIGTERM');
    expect((await sim.finished()).code).toBe(0);
    const { to } = await startWorld({ faults: ['silent'] });
    const pub = startCli(['pub', ...to, '-t', 't', '-m', 'x', '-d']);
    await pub.shows('stderr', /> AT\\r/);
    pub.process.kill('SIGTERM');
    expect((await pub.finished()).code).toBe(143);
  });

  it('gives up a connect that is under way', async () => {
    const { to } = await startWorld({ faults: ['silent'] });
    const pub = startCli(['pub', ...to, '-t', 't', '-m', 'x', '-d']);
    await pub.shows('stderr', /> AT\\r/);
    pub.process.kill('SIGINT');
    const { code, stderr } = await pub.finished();
    expect(code).toBe(130);
    expect(stderr).not.toContain('atmqtt:');
  });

  it.skipIf(process.platform !== 'linux')(
    'shows which module it has, but no password, in the list of processes',
    async () => {
      const { broker, modem, to } = await startWorld();
      const ready = subscribed(broker);
      const sub = startCli(['sub', ...to, '-t', 't', '-u', 'u', '-P', 'hunter2']);
      await ready;
      const commandLine = await readFile(`/proc/${sub.process.pid}/cmdline`, 'latin1');
      sub.process.kill('SIGINT');
      await sub.finished();
      expect(commandLine.replace(/\0+$/, '')).toBe(`atmqtt sub ${modem.url}`);
    },
  );
});
