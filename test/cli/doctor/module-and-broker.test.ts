import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { openModem } from '../../../src/dialects/open-modem.js';
import { runCli } from '../run-cli.js';
import { startWorld } from '../world.js';
import { course, doctor, expectFailure, stepOf } from './doctor-run.js';
import { leaveSession } from './left-behind.js';

const BROKER_STEPS = ['broker', 'connect', 'subscribe', 'publish', 'disconnect'];
const PASSWORD = 'correct horse battery staple';

describe('atmqtt doctor, on a module that works', () => {
  it('goes from the port to the broker and back, and leaves the settings as they were', async () => {
    const { to, commands } = await startWorld();
    const examination = await doctor([...to]);
    const names = 'port open at echo model sim registration signal address clock';
    const all = [...names.split(' '), ...BROKER_STEPS, 'settings'].map((name) => `${name} ok`);
    expect(course(examination)).toEqual(all);
    expect(examination).toMatchObject({ code: 0, summary: { status: 'ok', step: null } });
    expect(stepOf(examination, 'registration').facts).toMatchObject({
      operator: 'China Mobile',
      cell: 0xc3d4e5,
    });
    expect(stepOf(examination, 'publish').facts).toMatchObject({
      returned: true,
      roundTrip: expect.any(Number),
    });
    expect(stepOf(examination, 'settings').facts).toEqual({ restored: ['AT+CEREG=0'], left: [] });
    expect(commands.at(-1)).toBe('AT+CEREG=0');
    expect(commands.filter((line) => /^ATE|^AT&W|CFUN=|LUIMSLOT=/.test(line))).toEqual([]);
  });

  it('puts back what a user has set', async () => {
    const { modem, commands } = await startWorld();
    const before = await openModem(modem.url);
    for (const line of ['AT+CMEE=2', 'AT+CEREG=1', 'ATE0']) await before.send(line);
    await before.close();
    const examination = await doctor(['-p', modem.url]);
    expect(stepOf(examination, 'echo').facts).toEqual({ echo: 'off' });
    expect(stepOf(examination, 'settings').facts).toEqual({
      restored: ['AT+CEREG=1', 'AT+CMEE=2'],
      left: [],
    });
    expect(commands.slice(-2)).toEqual(['AT+CEREG=1', 'AT+CMEE=2']);
  });

  it('ends before LMQTTOPEN without a broker, and says so', async () => {
    const { modem, commands } = await startWorld();
    const examination = await doctor(['-p', modem.url]);
    expect(examination.code).toBe(0);
    expect(examination.steps.map(({ step }) => step)).not.toContain('broker');
    expect(examination.summary.summary).toContain('the way to the broker was not tried');
    expect(commands.filter((line) => line.includes('LMQTT'))).toEqual([]);
  });

  it('sends no message when it is told not to', async () => {
    const { to, modem } = await startWorld();
    const published: string[] = [];
    modem.on('published', (topic) => published.push(topic));
    const examination = await doctor([...to, '--no-publish', '-t', 'quiet/place']);
    expect(examination.code).toBe(0);
    expect(stepOf(examination, 'subscribe').facts).toEqual({ topic: 'quiet/place' });
    expect(examination.steps.map(({ step }) => step)).not.toContain('publish');
    expect(published).toEqual([]);
  });

  it('prints plain lines through a pipe, without escape codes', async () => {
    const { to } = await startWorld({ network: { rssi: 3, rsrp: 20 } });
    const { code, stdout } = await runCli(['doctor', ...to]);
    const text = stdout.toString();
    expect(code).toBe(0);
    expect(text).not.toContain('\x1b');
    expect(text).toMatch(/^signal +WARN +the signal is poor/m);
    expect(text.trimEnd().split('\n').at(-1)).toMatch(/^it works, with a warning: signal: .*antenna/);
  });

  it('knows what to assume of a module that it does not know', async () => {
    const { modem } = await startWorld({
      identity: { manufacturer: 'Acme\x1b[2J', model: 'X1', revision: '1.0', firmware: '1.0' },
    });
    const { stdout } = await runCli(['doctor', '-p', modem.url]);
    expect(stdout.toString()).toMatch(
      /^model +WARN +Acme\\x1b\[2J X1, .*not known to atmqtt; taken for nt26$/m,
    );
    expect(stdout.toString()).toContain('1024 bytes inline');
  });

  it('names the profile that fits', async () => {
    const { modem } = await startWorld({ profile: 'nt35e' });
    const examination = await doctor(['-p', modem.url]);
    expect(stepOf(examination, 'model')).toMatchObject({ status: 'warn', facts: { profile: 'nt35e' } });
    expect(stepOf(examination, 'model').next[0]).toContain('--module nt35e');
  });
});

describe('atmqtt doctor, on SIM and network', () => {
  it('finds that there is no SIM', async () => {
    const { to } = await startWorld({ network: { sim: 'absent', registration: 0 } });
    const skipped = ['registration', 'address', ...BROKER_STEPS];
    const failed = expectFailure(await doctor([...to, '--registration-timeout', '0.1']), 'sim', 5, skipped);
    expect(failed.found).toMatch(/no SIM/);
    expect(failed.causes[0]).toMatch(/there is no SIM/);
  });

  it('finds a SIM that wants its PIN', async () => {
    const { to } = await startWorld({ network: { sim: 'pin', registration: 0 } });
    const failed = expectFailure(await doctor([...to]), 'sim', 5, ['registration']);
    expect(failed.found).toMatch(/wants its PIN/);
  });

  it('finds that the network denies the registration', async () => {
    const { to } = await startWorld({ network: { registration: 3 } });
    const examination = await doctor([...to, '--registration-timeout', '0.1']);
    const failed = expectFailure(examination, 'registration', 5, ['address', ...BROKER_STEPS]);
    expect(failed.facts).toMatchObject({ status: 'denied' });
    expect(failed.causes[0]).toMatch(/not activated/);
    expect(stepOf(examination, 'signal').status).toBe('ok');
  });

  it('finds that there is no signal', async () => {
    const { to } = await startWorld({ faults: ['radio-loss'] });
    const examination = await doctor([...to, '--registration-timeout', '0.1']);
    const failed = expectFailure(examination, 'registration', 5, ['address', ...BROKER_STEPS]);
    expect(failed.found).toMatch(/no signal is measured/);
    expect(failed.causes[0]).toMatch(/antenna/);
    expect(stepOf(examination, 'signal')).toMatchObject({ status: 'fail', facts: { quality: 'none' } });
  });

  it('tells a module that searches from one without a signal', async () => {
    const { to } = await startWorld({ network: { registration: 2 } });
    const examination = await doctor([...to, '--registration-timeout', '0.1']);
    const failed = expectFailure(examination, 'registration', 5, ['address', ...BROKER_STEPS]);
    expect(failed.found).toMatch(/searching/);
    expect(failed.causes[0]).toMatch(/takes a while/);
  });
});

describe('atmqtt doctor, on the broker', () => {
  it('finds that the name of the broker is not known', async () => {
    const { modem } = await startWorld();
    const examination = await doctor(['-p', modem.url, '-b', 'mqtt://no-such-broker.invalid']);
    const failed = expectFailure(examination, 'broker', 6, BROKER_STEPS.slice(1));
    expect(failed.found).toMatch(/domain name could not be resolved/);
    expect(failed.causes[0]).toMatch(/misspelt: this machine does not know it either/);
  });

  it('finds that the port is closed', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as { port: number };
    closed.close();
    const { modem } = await startWorld({ broker: `mqtt://127.0.0.1:${port}` });
    const examination = await doctor(['-p', modem.url, '-b', `mqtt://127.0.0.1:${port}`]);
    const failed = expectFailure(examination, 'broker', 6, BROKER_STEPS.slice(1));
    expect(failed.causes[0]).toBe(
      `nothing listens on port ${port} of 127.0.0.1: this machine is refused too`,
    );
  });

  it('tells a network that is closed for the module from a broker that is down', async () => {
    const { modem, broker } = await startWorld({ faults: ['open-fails=5'] });
    const examination = await doctor(['-p', modem.url, '-b', broker.url]);
    const failed = expectFailure(examination, 'broker', 6, BROKER_STEPS.slice(1));
    expect(failed.causes[0]).toMatch(/firewall, or the APN/);
    expect(failed.facts).toMatchObject({ fromHere: 'reachable' });
  });

  it('finds that the credentials are wrong, and never shows the password', async () => {
    const { to } = await startWorld(
      {},
      {
        authenticate: (_client, _user, _password, done) =>
          done(Object.assign(new Error('no'), { returnCode: 4 }), false),
      },
    );
    const examination = await doctor([...to, '-u', 'meter'], { ATMQTT_PASSWORD: PASSWORD });
    const failed = expectFailure(examination, 'connect', 6, BROKER_STEPS.slice(2));
    expect(failed.found).toMatch(/bad user name or password/);
    expect(failed.causes[0]).toMatch(/password is not that of the user meter/);
    expect(examination.text).not.toContain(PASSWORD);
  });

  it('finds that the subscription is refused, although the module reports success', async () => {
    const { to } = await startWorld(
      {},
      {
        authorizeSubscribe: (_client, _subscription, done) => done(null, null),
      },
    );
    const examination = await doctor([...to, '--round-trip-timeout', '0.5']);
    expect(stepOf(examination, 'subscribe').status).toBe('ok');
    const failed = expectFailure(examination, 'publish', 1, []);
    expect(failed.causes[0]).toMatch(/broker refused the subscription.*SUBACK 0x80 \[A\]/);
    expect(stepOf(examination, 'disconnect').status).toBe('ok');
  });

  it('finds a refused subscription that the module tells of', async () => {
    const { to } = await startWorld({ faults: ['subscribe-fails'] });
    const failed = expectFailure(await doctor([...to]), 'subscribe', 1, ['publish']);
    expect(failed.causes[0]).toMatch(/does not let this client subscribe/);
  });

  it('finds that the broker ends the session over the message', async () => {
    const { to } = await startWorld(
      {},
      { authorizePublish: (_client, _packet, done) => done(new Error('no')) },
    );
    const failed = expectFailure(await doctor([...to]), 'publish', 6, []);
    expect(failed.found).toMatch(/the session ended/);
    expect(failed.causes[0]).toMatch(/does not let this client publish/);
  });

  it('says that it ended a session that was open in the module', async () => {
    const { to, modem, broker: there } = await startWorld();
    await leaveSession(modem.url, there.port);
    const broker = stepOf(await doctor([...to]), 'broker');
    expect(broker).toMatchObject({ status: 'warn', facts: { endedSession: true } });
    expect(broker.found).toMatch(/a session that was open in the module was ended/);
  });

  it('names TLS that an earlier program has left on, where the module refuses to switch it off', async () => {
    const { to, modem } = await startWorld();
    const before = await openModem(modem.url);
    await before.send('AT+LMQTTCFG="sslenable",0,1,0');
    await before.close();
    modem.faults.on('refuse-setting=sslenable');
    const failed = expectFailure(await doctor([...to]), 'broker', 6, ['connect']);
    expect(failed.causes[0]).toMatch(/^TLS is still on in the module, set by an earlier program/);
    expect(failed.next[0]).toMatch(/^restart the module/);
  });
});
