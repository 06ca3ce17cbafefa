import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Client } from '../../src/client/client.js';
import { connect } from '../../src/client/connect.js';
import type { AskLogin, Login } from '../../src/client/login.js';
import { type ConnectOptions, parseOptions } from '../../src/client/options.js';
import { LMQTT } from '../../src/dialects/lmqtt/dialect.js';
import { ModemError } from '../../src/errors/modem-error.js';
import { AnsweringModule, ok } from '../dialects/lmqtt/answering-module.js';
import { connected, eventsOf, happens, LOSS } from './client-under-test.js';

const TRIPLE = { productKey: 'a1X2bEnP82z', deviceName: 'example1', deviceSecret: 'hunter2hunter2' };
const NO_BROKER = { broker: undefined, clientId: undefined };

/** OPEN and CONN lines that the module has got, the others left out. */
const logins = (module: AnsweringModule) => module.lines.filter((line) => /LMQTT(OPEN|CONN)=/.test(line));

/** Answers of the login in their order, the last one for all others; a function is called. */
function asks(...answers: (Login | (() => Promise<Login>))[]) {
  return vi.fn<AskLogin>(async () => {
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    return typeof answer === 'function' ? answer() : (answer ?? {});
  });
}

async function failed(module: AnsweringModule, options: Partial<ConnectOptions>): Promise<ModemError> {
  const failure = await connect(module.open, { broker: 'mqtt://h', ...options }).then(
    (client: Client) => client.end({ force: true }),
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(ModemError);
  return failure as ModemError;
}

describe('a login', () => {
  it('may bring everything, broker and triple included', async () => {
    const login = asks({
      broker: 'mqtt://told:1884',
      clientId: 'c',
      username: 'u',
      password: 'p',
      triple: TRIPLE,
    });
    const module = new AnsweringModule();
    const client = await connect(module.open, { login });
    onTestFinished(() => client.end({ force: true }));
    expect(logins(module)).toEqual(['AT+LMQTTOPEN=0,"told",1884', 'AT+LMQTTCONN=0,"c","u","p"']);
    expect(module.lines).toContain('AT+LMQTTCFG="aliauth",0,"a1X2bEnP82z","example1","hunter2hunter2"');
    expect(login).toHaveBeenCalledExactlyOnceWith(client.modem, { signal: expect.any(AbortSignal) });
  });

  it('goes before the options; what it leaves out is taken from them', async () => {
    const login = asks({ password: 'fresh' });
    const module = new AnsweringModule();
    await connected(module, { broker: 'mqtt://u:stale@h', clientId: 'c', login });
    const again = new AnsweringModule();
    await connected(again, { broker: 'mqtt://u:p@h', login: asks({ broker: 'mqtt://v:w@k' }) });
    const seen = (one: AnsweringModule) => one.wire.split('\r\n').filter((line) => /(OPEN|CONN)=/.test(line));
    expect(seen(module)).toEqual(['AT+LMQTTOPEN=0,"h",1883', 'AT+LMQTTCONN=0,"c","u","fresh"']);
    expect(seen(again)).toEqual(['AT+LMQTTOPEN=0,"k",1883', 'AT+LMQTTCONN=0,"meter-7","v","w"']);
  });

  it('is asked anew for each session, when there is a network', async () => {
    const order: string[] = [];
    const tokens = ['first', 'second', 'third'];
    const login = vi.fn<AskLogin>(async () => {
      order.push('login');
      return { username: 'u', password: tokens.shift() };
    });
    const module = new AnsweringModule();
    module.on('line', (line) => order.push(/CEREG\?|OPEN=/.exec(line)?.[0] ?? ''));
    const { client } = await connected(module, { login });
    expect(order.filter((step) => step !== '')).toEqual(['CEREG?', 'login', 'OPEN=']);
    for (const token of ['second', 'third']) {
      const up = happens(client, 'connect');
      module.send(LOSS);
      await up;
      expect(logins(module).at(-1)).toBe(`AT+LMQTTCONN=0,"meter-7","u","${token}"`);
    }
    expect(login).toHaveBeenCalledTimes(3);
  });
});

describe('a first connect whose login fails', () => {
  it.each([
    ['a ModemError', new ModemError('NOT_PROVISIONED', 'no triple'), 'NOT_PROVISIONED', 'no triple'],
    [
      'any other error',
      new Error('503 from the token server'),
      'CONNECT_FAILED',
      'there is no login: 503 from the token server',
    ],
    ['what is no error', 'nope', 'CONNECT_FAILED', 'there is no login: nope'],
  ])('rejects with %s, and opens no session', async (_what, thrown, code, message) => {
    const module = new AnsweringModule();
    const error = await failed(module, { login: asks(() => Promise.reject(thrown)) });
    expect(error).toMatchObject({ code, message });
    expect(logins(module)).toEqual([]);
  });

  it('rejects with what a login throws at once', async () => {
    const login = () => {
      throw new Error('not even a promise');
    };
    expect(await failed(new AnsweringModule(), { login })).toMatchObject({ code: 'CONNECT_FAILED' });
  });

  it.each([
    [{ clientId: '' }, 'clientId'],
    [{ broker: 'wss://h' }, 'broker'],
    [{ triple: { ...TRIPLE, deviceSecret: 'hunter2"' } }, 'triple.deviceSecret'],
    [{ triple: 'hunter2' }, 'triple'],
    [{ password: 'hunter2' }, 'username'],
    [null, 'login'],
    ['hunter2hunter2', 'login'],
  ])('refuses the answer %j before anything is written', async (answer, field) => {
    const module = new AnsweringModule();
    const error = await failed(module, { login: async () => answer as Login });
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field });
    expect(logins(module)).toEqual([]);
    expect(error.message).not.toContain('hunter2');
  });

  it('says that nobody told the broker', async () => {
    expect(await failed(new AnsweringModule(), { ...NO_BROKER, login: asks({}) })).toMatchObject({
      field: 'broker',
      message: 'there is no broker: give one, or let `login` give it',
    });
  });

  it('ends with its time limit, though the login does not', async () => {
    let given: AbortSignal | undefined;
    const login: AskLogin = (_modem, { signal }) => {
      given = signal;
      return new Promise(() => {});
    };
    expect(await failed(new AnsweringModule(), { login, connectTimeout: 50 })).toMatchObject({
      code: 'TIMEOUT',
      message: 'connect: no result within 50 ms',
    });
    expect(given?.aborted).toBe(true);
  });

  it('ends with its signal', async () => {
    const abort = new AbortController();
    const login: AskLogin = () => {
      abort.abort();
      return new Promise(() => {});
    };
    expect(await failed(new AnsweringModule(), { login, signal: abort.signal })).toMatchObject({
      code: 'ABORTED',
    });
  });
});

describe('without a login', () => {
  it('a broker must be given', () => {
    expect(() => parseOptions({}, LMQTT)).toThrow(/^broker is undefined, but must be a URL such as/);
    expect(() => parseOptions({ login: 'x' } as unknown as ConnectOptions, LMQTT)).toThrow(
      'login is x, but must be a function',
    );
  });

  it('a triple may be given by itself', async () => {
    const module = new AnsweringModule();
    await connected(module, { triple: TRIPLE });
    expect(module.wire).toContain('AT+LMQTTCFG="cloud",0,2,1\r');
    expect(() =>
      parseOptions({ broker: 'h', triple: 'hunter2' } as unknown as ConnectOptions, LMQTT),
    ).toThrow('triple: a string given: give an object such as { productKey, deviceName, deviceSecret }');
  });
});

describe('while the login is asked for', () => {
  it('a module that restarts is not opened with it: it may be another one', async () => {
    const module = new AnsweringModule();
    const answers: (() => Promise<Login>)[] = [
      async () => ({ username: 'first' }),
      async () => {
        module.send("\x80^boot.rom'v\x80!\n");
        await happens(client, 'reboot');
        return { username: 'of the module before' };
      },
      async () => ({ username: 'third' }),
    ];
    const { client } = await connected(module, { login: asks(...answers) });
    const events = eventsOf(client);
    const up = happens(client, 'connect');
    module.send(LOSS);
    await up;
    expect(logins(module).filter((line) => line.includes('CONN'))).toEqual([
      'AT+LMQTTCONN=0,"meter-7","third"',
    ]);
    expect(events).toContain('error REBOOTED');
  });

  it('end() waits for nobody', async () => {
    const module = new AnsweringModule();
    let asked = () => {};
    const asking = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const login = asks({}, () => {
      asked();
      return new Promise<Login>(() => {});
    });
    const { client } = await connected(module, { login });
    module.send(LOSS);
    await asking;
    await client.end();
    expect(client.reconnecting).toBe(false);
  });

  it('its failures are followed by tries of the session, never by radio or reset', async () => {
    const error = (code: 'NOT_PROVISIONED' | 'LEDGER_BUSY') => () =>
      Promise.reject(new ModemError(code, code));
    const plain = () => Promise.reject(new Error('no token'));
    const wrong = async () => ({ clientId: '' });
    const troubles = [error('NOT_PROVISIONED'), plain, wrong, error('LEDGER_BUSY')];
    const login = asks({}, ...troubles, ...troubles, ...troubles, {});
    const { module, client } = await connected(new AnsweringModule(), { login });
    const stages: string[] = [];
    client.on('recovery', ({ stage, rung, sentence }) => {
      stages.push(`${stage} ${rung}`);
      if (stage === 'login') expect(sentence).toMatch(/^While asking for the login: /);
    });
    const up = happens(client, 'connect');
    module.send(LOSS);
    await up;
    expect(stages).toEqual(['up session', ...Array<string>(12).fill('login session')]);
    expect(module.lines.join()).not.toMatch(/CFUN/);
  });

  it('what the module itself refuses climbs, as any of its failures', async () => {
    const login = vi.fn<AskLogin>(async (modem) => ({ username: await modem.imei() }));
    const module = new AnsweringModule()
      .answer(/CFUN/, ok())
      .answer(/^AT\+CGSN=1$/, '\r\n+CGSN: "861326070275653"\r\n\r\nOK\r\n', '\r\nERROR\r\n')
      .answer(/^AT\+CGSN$/, '\r\nERROR\r\n');
    const { client } = await connected(module, { login, recovery: { reset: false, port: false } });
    const radio = new Promise<void>((resolve) => {
      client.on('recovery', ({ rung }) => {
        if (rung === 'radio') resolve();
      });
    });
    module.send(LOSS);
    await radio;
    await client.end({ force: true });
  });
});
