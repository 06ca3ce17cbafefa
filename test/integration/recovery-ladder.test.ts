import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../../src/client/client.js';
import { ModemError } from '../../src/errors/modem-error.js';
import { startBroker } from '../../src/simulator/embedded-broker.js';
import { nextFrom, Rig } from '../helpers/rig.js';

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.start();
});
afterEach(() => rig.stop());

const FAST = { reconnectPeriod: 1, maxReconnectPeriod: 2 };

/** Rungs and reasons from now on. */
function stepsOf(client: Client): string[] {
  const steps: string[] = [];
  client.on('recovery', ({ rung, reason }) => steps.push(`${rung}: ${reason.code}`));
  return steps;
}

function connectedAgain(client: Client): Promise<void> {
  return new Promise((resolve) => client.once('connect', resolve));
}

/** The next command lines that match. */
function linesOf(pattern: RegExp): string[] {
  const lines: string[] = [];
  rig.module.on('command', (line) => {
    if (pattern.test(line)) lines.push(line);
  });
  return lines;
}

describe('the ladder', () => {
  it('is climbed while the broker is away, and nothing accepted is lost', async () => {
    const client = await rig.connect({ ...FAST, recovery: { sessionTries: 2, climbAfter: 0 } });
    const steps = stepsOf(client);
    const lines = linesOf(/CFUN/);
    const { port } = rig.broker;
    const climbed = new Promise<void>((resolve) => {
      client.on('recovery', () => {
        if (steps.length === 7) resolve();
      });
    });
    await rig.broker.close();
    const published = client.publish('up', 'kept', { qos: 1 });
    await climbed;
    const opened = client.modem.stats().opened;
    const back = connectedAgain(client);
    const broker = await startBroker({ port });
    await back;
    await published;
    expect(steps.slice(0, 7)).toEqual([
      'session: SESSION_LOST',
      'session: OPEN_FAILED',
      'radio: OPEN_FAILED',
      'reset: OPEN_FAILED',
      'port: OPEN_FAILED',
      'session: OPEN_FAILED',
      'session: OPEN_FAILED',
    ]);
    expect(lines).toEqual(['AT+CFUN=0', 'AT+CFUN=1', 'AT+CFUN=0,1', 'AT+CFUN=1']);
    expect(opened).toBe(2);
    await client.end();
    await broker.close();
  });

  it('stays on the session while the broker refuses', async () => {
    const client = await rig.connect({ ...FAST, recovery: { sessionTries: 1, climbAfter: 0 } });
    const steps = stepsOf(client);
    const lines = linesOf(/CFUN/);
    const refused = new Promise<void>((resolve) => {
      client.on('recovery', () => {
        if (steps.length === 6) resolve();
      });
    });
    rig.module.faults.on('connect-fails=4');
    rig.module.dropBroker();
    await refused;
    rig.module.faults.off('connect-fails');
    await connectedAgain(client);
    expect(steps.slice(0, 6)).toEqual([
      'session: SESSION_LOST',
      ...Array(5).fill('session: CONNECT_REFUSED'),
    ]);
    expect(lines).toEqual([]);
  });

  it('begins with the radio when the network is gone, and tells of the registration', async () => {
    const client = await rig.connect(FAST);
    const steps = stepsOf(client);
    const statuses: string[] = [];
    client.on('registration', ({ status }) => statuses.push(status));
    rig.module.setNetwork({ registration: 2 });
    await new Promise((resolve) => client.once('error', resolve));
    rig.module.setNetwork({ registration: 1 });
    await connectedAgain(client);
    expect(steps).toEqual(['session: SESSION_LOST', 'radio: NOT_REGISTERED']);
    expect(statuses.slice(0, 2)).toEqual(['searching', 'home']);
  });

  it('resets a module that fell silent, answers again, and gives no session', async () => {
    const client = await rig.connect({ ...FAST, startTimeout: 500 });
    const steps = stepsOf(client);
    rig.module.faults.on('silent');
    rig.module.on('attached', () => {
      rig.module.faults.off('silent');
      rig.module.faults.on('open-fails');
    });
    rig.module.on('booted', () => rig.module.faults.off('open-fails'));
    client.modem.emit('unresponsive', new ModemError('NOT_RESPONDING', 'the module does not answer AT'));
    await connectedAgain(client);
    expect(steps).toEqual(['port: NOT_RESPONDING', 'reset: OPEN_FAILED']);
  });
});

describe('a session that died in silence', () => {
  it('ends after failed results in a row, and the messages go out again', async () => {
    const client = await rig.connect(FAST);
    const other = await rig.other('up');
    const steps = stepsOf(client);
    rig.module.faults.on('publish-result=2:3');
    const results = await Promise.allSettled(
      ['1', '2', '3'].map((text) => client.publish('up', text, { qos: 1 })),
    );
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
    expect(steps).toEqual(['session: SESSION_LOST']);
    const next = nextFrom(other);
    await client.publish('up', '4', { qos: 1 });
    await next;
  });

  it('for one message each time does not keep the client from sending all others', async () => {
    const client = await rig.connect({ ...FAST, recovery: { failedResults: 1 }, outbox: { maxAttempts: 3 } });
    rig.module.faults.on('publish-result=2:3');
    const bad = client.publish('up', '1', { qos: 1 });
    const good = bad.catch(() => client.publish('up', '2', { qos: 1 }));
    await expect(bad).rejects.toMatchObject({ code: 'PUBLISH_FAILED' });
    await good;
  });

  it('is found by a probe, which nobody sees', async () => {
    const probe = { interval: 10, timeout: 500 };
    const client = await rig.connect({ ...FAST, clientId: 'meter-7', probe });
    const topics: string[] = [];
    client.on('message', (topic) => topics.push(topic));
    await client.subscribe('#');
    const returned = once(rig.module, 'received');
    expect((await returned)[0]).toBe('atmqtt/probe/meter-7');
    const lost = new Promise<string>((resolve) =>
      client.once('recovery', ({ sentence }) => resolve(sentence)),
    );
    const back = connectedAgain(client);
    rig.module.faults.on('session-dead');
    expect(await lost).toMatch(
      /^While the session was up: session lost: a probe to "atmqtt\/probe\/meter-7" did not come back within 500 ms\. Now atmqtt /,
    );
    rig.module.faults.off('session-dead');
    await back;
    const other = await rig.other();
    const message = once(client, 'message');
    await other.publishAsync('down', 'x', { qos: 1 });
    await message;
    expect(topics).toEqual(['down']);
  });
});
