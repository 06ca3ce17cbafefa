import { describe, expect, it, onTestFinished } from 'vitest';
import type { SessionOptions } from '../../../src/dialects/dialect.js';
import { LMQTT } from '../../../src/dialects/lmqtt/dialect.js';
import { LMQTT_IDENTITY } from '../../../src/dialects/lmqtt/identity.js';
import { ModemError } from '../../../src/errors/modem-error.js';
import { Modem } from '../../../src/modem/modem.js';
import { AnsweringModule, ERROR, info, OK } from './answering-module.js';
import { OPTIONS, settled } from './session-under-test.js';

const PUBLICATION = { topic: 't', payload: Buffer.from('x'), qos: 1, retain: false } as const;

/** What the module tells of its settings. */
const TOLD: Readonly<Record<string, string>> = {
  cache: '0',
  keepalive: '120',
  session: '1',
  will: '0',
  sslenable: '0,0',
  cloud: '0,0',
  'recv/mode': '0,1',
};

const QUERIES = Object.keys(TOLD).map((key) => `AT+LMQTTCFG="${key}",0`);

function telling(told: Readonly<Record<string, string | undefined>> = TOLD): AnsweringModule {
  return new AnsweringModule().answer(/CFG="([^"]+)",0$/, ([, key = '']) =>
    told[key] === undefined ? ERROR : info(`+LMQTTCFG: "${key}",${told[key]}`),
  );
}

function create(modem: Modem, options: Partial<SessionOptions> = {}) {
  const messages: string[] = [];
  const session = LMQTT.createSession(
    modem,
    { ...OPTIONS, ...options },
    { message: ({ payload }) => messages.push(String(payload)), lost: () => {}, degraded: () => {} },
  );
  return { session, messages };
}

/** A session that was up, and known to be idle once, when the port went away; the port is back. */
async function leftBehind(
  module: AnsweringModule,
  {
    options = {},
    code = 'PORT_CLOSED',
    meanwhile = async () => {},
  }: {
    options?: Partial<SessionOptions>;
    code?: 'PORT_CLOSED' | 'SESSION_LOST' | 'NOT_RESPONDING' | 'REBOOTED';
    meanwhile?: (session: ReturnType<typeof create>['session']) => Promise<void>;
  } = {},
): Promise<Modem> {
  const modem = new Modem(module.open, LMQTT_IDENTITY);
  onTestFinished(() => modem.close());
  await modem.reopen();
  const { session } = create(modem, options);
  await session.open();
  expect(await session.check()).toBe('alive');
  await module.receives(/CGSN/);
  await settled();
  await meanwhile(session);
  session.abandon(new ModemError(code, 'gone'));
  module.unplug();
  await modem.reopen();
  module.take();
  return modem;
}

const opened = (module: AnsweringModule) => module.lines.some((line) => line.includes('LMQTTOPEN'));

describe('a session that was up when the port went away', () => {
  it.each(['PORT_CLOSED', 'NOT_RESPONDING'] as const)('is adopted after %s', async (code) => {
    const module = telling();
    const { session, messages } = create(await leftBehind(module, { code }));
    await session.open();
    expect(module.take()).toEqual(['AT+LMQTTCONN?', 'AT+CGSN=1', ...QUERIES]);
    module.send('\r\n+LMQTTURC: RECV,0,5,"cmd/x",4,a\r\nb\r\n');
    await session.publish(PUBLICATION);
    await session.subscribe([{ topic: 'a', qos: 0 }]);
    expect(messages).toEqual(['a\r\nb']);
    await session.close();
    expect(module.lines.slice(-2)).toEqual(['AT+LMQTTDISC=0', 'AT+LMQTTCLOSE=0']);
  });

  it('is adopted with will, TLS, triple and kept session, if they are those', async () => {
    const triple = { productKey: 'pk', deviceName: 'dn', deviceSecret: 'hunter2' };
    const options = {
      broker: { host: 'h', port: 8883, tls: true },
      will: { topic: 't/x', payload: 'off', qos: 1 as const, retain: false },
      clean: false,
      buffered: true,
      triple,
    };
    const told = {
      ...TOLD,
      ...{ cache: '1', session: '0', will: '1,1,0,"t/x","off"', sslenable: '1,0', cloud: '2,1' },
      aliauth: '"pk","dn","hunter2"',
    };
    const module = telling(told).answer(/READ=/, ERROR);
    const { session } = create(await leftBehind(module, { options }), options);
    await session.open();
    expect(opened(module)).toBe(false);
    const other = telling({ ...told, aliauth: '"pk","other","hunter2"' }).answer(/READ=/, ERROR);
    await create(await leftBehind(other, { options }), options).session.open();
    expect(opened(other)).toBe(true);
  });

  it.each(Object.keys(TOLD))('is ended when the module does not tell %s', async (key) => {
    const module = telling({ ...TOLD, [key]: undefined });
    await create(await leftBehind(module)).session.open();
    expect(opened(module)).toBe(true);
    expect(module.lines).toContain('AT+LMQTTCLOSE=0');
  });

  it.each([
    ['keepalive', '60'],
    ['session', '0'],
    ['will', '1,1,0,"t/x","off"'],
    ['sslenable', '1,0'],
    ['cloud', '2,1'],
    ['cache', '1'],
    ['recv/mode', '1,1'],
  ])('is ended when another one has set %s to %s', async (key, value) => {
    const module = telling({ ...TOLD, [key]: value });
    await create(await leftBehind(module)).session.open();
    expect(opened(module)).toBe(true);
  });

  it.each([
    ['is not connected', /CONN\?/, info('+LMQTTCONN: 0,1')],
    ['does not say', /CONN\?/, ERROR],
    ['is another module', /CGSN/, info('+CGSN: "861326070275654"')],
    ['does not say which one it is', /CGSN/, OK],
  ])('is ended when the module %s', async (_what, pattern, answer) => {
    const module = telling();
    const modem = await leftBehind(module);
    module.answer(pattern, answer);
    await create(modem).session.open();
    expect(opened(module)).toBe(true);
  });

  it.each([{ clientId: 'other' }, { username: 'u' }, { keepalive: 60 }, { connectOnce: true }])(
    'is ended when %o is wanted',
    async (options) => {
      const module = telling();
      await create(await leftBehind(module), options).session.open();
      expect(opened(module)).toBe(true);
    },
  );

  it.each(['SESSION_LOST', 'REBOOTED'] as const)('is ended after %s', async (code) => {
    const module = telling();
    await create(await leftBehind(module, { code })).session.open();
    expect(opened(module)).toBe(true);
  });

  it('is ended when a result without an id may be still to come', async () => {
    const options = { profile: 'nt35e' };
    const quiet = telling();
    await create(await leftBehind(quiet, { options }), options).session.open();
    expect(opened(quiet)).toBe(false);
    const module = telling();
    const modem = await leftBehind(module, {
      options,
      meanwhile: async (session) => {
        module.answer(/PUB=/, OK);
        session.publish({ ...PUBLICATION, qos: 0 }).catch(() => {});
        await module.receives(/PUB=/);
        await settled();
      },
    });
    await create(modem, options).session.open();
    expect(opened(module)).toBe(true);
  });

  it('is adopted once: what fails then is opened anew', async () => {
    const module = telling();
    const modem = await leftBehind(module);
    const first = create(modem).session;
    await first.open();
    first.abandon(new ModemError('SESSION_LOST', 'dead'));
    module.take();
    await create(modem).session.open();
    expect(opened(module)).toBe(true);
  });

  it('is not adopted where its module is not known', async () => {
    const module = telling().answer(/CGSN/, ERROR);
    await create(await leftBehind(module)).session.open();
    expect(opened(module)).toBe(true);
  });

  it('gives up at the signal', async () => {
    const module = telling();
    const modem = await leftBehind(module);
    module.answer(/CGSN/, undefined);
    const abort = new AbortController();
    const opening = create(modem).session.open({ signal: abort.signal });
    await module.receives(/CGSN/);
    abort.abort();
    await expect(opening).rejects.toMatchObject({ code: 'ABORTED' });
    expect(opened(module)).toBe(false);
  });
});
