import { describe, expect, it } from 'vitest';
import { startRegistrationWorld, TARGET, type Way } from './registration-world.js';

const WAYS: readonly Way[] = ['http', 'mqtt'];

describe.each(WAYS)('registering over %s', (way) => {
  it('gives a triple that the cloud lets in', async () => {
    const world = await startRegistrationWorld();
    const triple = await world.register(way);
    expect(triple).toMatchObject({ productKey: TARGET.productKey, deviceName: TARGET.deviceName });
    expect(await world.letsIn(triple)).toBe(true);
    expect(world.asked).toEqual([`${way} registered`]);
  });

  it('again before the first login kills the secret; after it, the cloud refuses', async () => {
    const world = await startRegistrationWorld();
    const dead = await world.register(way);
    const living = await world.register(way);
    expect(await world.letsIn(dead)).toBe(false);
    expect(await world.letsIn(living)).toBe(true);
    expect(await world.outcome(way)).toBe('REGISTRATION_REFUSED');
    expect(await world.letsIn(living)).toBe(true);
    expect(world.asked).toEqual([`${way} registered`, `${way} registered`, `${way} refused`]);
  });

  it.each([
    ['error=503', way === 'http' ? 'REGISTRATION_UNANSWERED' : 'REGISTRATION_FAILED', 0],
    ['error-after=500', 'REGISTRATION_UNANSWERED', 1],
    ['cut', 'REGISTRATION_UNANSWERED', 1],
    ['cut-before', 'REGISTRATION_UNANSWERED', 0],
  ])(
    'under the fault %s is %s, asked once, and works when the fault is over',
    async (fault, code, issued) => {
      const world = await startRegistrationWorld();
      world.cloud.faults.on(fault);
      expect(await world.outcome(way)).toBe(code);
      expect(world.asked).toHaveLength(1);
      const { productKey, deviceName } = TARGET;
      expect(world.cloud.registry.find(productKey, deviceName)?.registrations ?? 0).toBe(issued);
      world.cloud.faults.clear();
      expect(await world.letsIn(await world.register(way))).toBe(true);
      expect(world.asked).toHaveLength(2);
    },
  );

  it('is refused for a name that the product does not list', async () => {
    const world = await startRegistrationWorld();
    const { productKey, productSecret } = TARGET;
    world.cloud.registry.addProduct({ productKey: 'a1Listed', productSecret, preregistered: true });
    const target = { productKey: 'a1Listed' };
    expect(await world.outcome(way, { target })).toBe('REGISTRATION_REFUSED');
    expect(await world.outcome(way, { target: { productKey, productSecret: 'wrong' } })).toBe(
      'REGISTRATION_REFUSED',
    );
    expect(world.asked).toEqual([`${way} refused`, `${way} refused`]);
  });

  it('aborted before it asks, it does not ask', async () => {
    const world = await startRegistrationWorld();
    expect(await world.outcome(way, { signal: AbortSignal.abort() })).toBe('ABORTED');
    expect(world.asked).toEqual([]);
  });

  it('aborted once it has asked, it is unanswered', async () => {
    const world = await startRegistrationWorld();
    const abort = new AbortController();
    world.cloud.registration.events.once('request', () => abort.abort());
    expect(await world.outcome(way, { signal: abort.signal })).toBe('REGISTRATION_UNANSWERED');
    expect(world.asked).toEqual([`${way} registered`]);
  });

  it('a late answer is no answer', async () => {
    const world = await startRegistrationWorld();
    world.cloud.faults.on('slow=3000');
    expect(await world.outcome(way, { timeout: 1000 })).toBe('REGISTRATION_UNANSWERED');
  });
});

it('a cloud that is not there was not asked', async () => {
  const world = await startRegistrationWorld();
  await world.cloud.close();
  expect(await world.outcome('http')).toBe('REGISTRATION_FAILED');
  expect(await world.outcome('mqtt')).toBe('REGISTRATION_FAILED');
});

describe('a registration through the module', () => {
  it.each([2, 4])('is refused by return code %i', async (returnCode) => {
    const world = await startRegistrationWorld();
    world.cloud.faults.on(`refuse-login=${returnCode}`);
    expect(await world.outcome('mqtt')).toBe('REGISTRATION_REFUSED');
    expect(world.asked).toEqual([]);
  });

  it('fails by return code 3, try again', async () => {
    const world = await startRegistrationWorld();
    world.cloud.faults.on('refuse-login=3:1');
    expect(await world.outcome('mqtt')).toBe('REGISTRATION_FAILED');
    expect(await world.outcome('mqtt')).toBe('registered');
  });

  it('leaves no session behind, and sends CONNECT once', async () => {
    const world = await startRegistrationWorld();
    await world.register('mqtt');
    expect(world.commands.filter((line) => line.startsWith('AT+LMQTTCONN='))).toHaveLength(1);
    expect(world.commands.slice(-2)).toEqual(['AT+LMQTTDISC=0', 'AT+LMQTTCLOSE=0']);
    const others = world.commands.filter((line) => /aliauth|SUBUNSUB/.test(line));
    expect(others).toEqual(['AT+LMQTTCFG="aliauth",0,"","",""']);
  });

  it.each(['split=1', 'refuse-setting=recv/mode', 'quoted-payload', 'chatter', 'echo', 'result-before-ok'])(
    'succeeds under the fault %s of the module',
    async (fault) => {
      const world = await startRegistrationWorld({ faults: [fault], seed: 7 });
      expect(await world.letsIn(await world.register('mqtt'))).toBe(true);
      expect(world.asked).toEqual(['mqtt registered']);
    },
  );

  it.each(['reboot', 'drop-broker', 'unplug', 'power-off'])(
    'is unanswered when %s comes between question and answer',
    async (fault) => {
      const world = await startRegistrationWorld();
      world.cloud.registration.events.once('request', () => world.module.faults.on(fault));
      expect(await world.outcome('mqtt', { timeout: 3000 })).toBe('REGISTRATION_UNANSWERED');
      expect(world.asked).toEqual(['mqtt registered']);
    },
  );

  it.each(['open-fails', 'refuse-setting=sslenable'])(
    'fails under the fault %s of the module, and was not asked',
    async (fault) => {
      const world = await startRegistrationWorld({ faults: [fault] });
      expect(await world.outcome('mqtt')).toBe('REGISTRATION_FAILED');
      expect(world.asked).toEqual([]);
    },
  );

  it('fails without network, and was not asked', async () => {
    const world = await startRegistrationWorld({ network: { registration: 3 } });
    expect(await world.outcome('mqtt', { timeout: 200 })).toBe('REGISTRATION_FAILED');
    expect(world.asked).toEqual([]);
  });
});
