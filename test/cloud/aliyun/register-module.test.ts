import { inspect } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  type RegisterOverModuleOptions,
  registerOverModule,
} from '../../../src/cloud/aliyun/register-module.js';
import { LMQTT_IDENTITY } from '../../../src/dialects/lmqtt/identity.js';
import { Modem } from '../../../src/modem/modem.js';
import { formatTrace } from '../../../src/transport/trace.js';
import { AnsweringModule, ERROR, info, OK, ok } from '../../dialects/lmqtt/answering-module.js';
import { SECRET, TARGET, TRIPLE } from './http-fixture.js';

const LEAVE = ['AT+LMQTTDISC=0', 'AT+LMQTTCLOSE=0'];

function push(changes: Partial<typeof TRIPLE> = {}, topic = '/ext/register'): string {
  const payload = JSON.stringify({ ...TRIPLE, ...changes });
  return `+LMQTTURC: RECV,0,1,"${topic}",${payload.length},${payload}`;
}

const NONSENSE = '+LMQTTURC: RECV,0,1,"/ext/register",9,{"code":1';
const CONNECTED = '+LMQTTCONN: 0,0,0';
const CLOSED = '+LMQTTURC: STATS,0,1';

/** Registers through a module that answers LMQTTCONN so; nothing that anybody is told may hold a secret. */
async function register(
  module: AnsweringModule,
  options: Partial<RegisterOverModuleOptions> = {},
): Promise<{ triple?: typeof TRIPLE; error?: Error & { code: string }; conns: string[]; tail: string[] }> {
  const heard: unknown[] = [];
  const modem = new Modem(module.open, LMQTT_IDENTITY, { trace: (entry) => heard.push(formatTrace(entry)) });
  onTestFinished(() => modem.close());
  modem.on('urc', (line) => heard.push(line));
  await modem.reopen();
  const where = options.host === undefined ? { region: 'cn-shanghai' } : {};
  const result = await registerOverModule(modem, TARGET, { ...where, ...options }).then(
    (triple) => ({ triple }),
    (error: Error & { code: string }) => {
      heard.push(error);
      return { error };
    },
  );
  const all = inspect(heard, { depth: null, showHidden: true, maxStringLength: null, maxArrayLength: null });
  expect(all).not.toContain(SECRET);
  expect(all).not.toContain(TARGET.productSecret);
  const conns = module.lines.filter((line) => line.startsWith('AT+LMQTTCONN='));
  for (const conn of conns) expect(all).not.toContain(/"([0-9a-f]+)"$/.exec(conn)?.[1] ?? 'no signature');
  return { ...result, conns, tail: module.lines.slice(-2) };
}

describe('a registration through a module', () => {
  it('takes the push in the same read as the result of CONNECT, and leaves', async () => {
    const module = new AnsweringModule().answer(/CONN=/, ok(CONNECTED, push()));
    const { triple, conns, tail } = await register(module);
    expect(triple).toEqual(TRIPLE);
    expect(tail).toEqual(LEAVE);
    expect(conns).toHaveLength(1);
    expect(conns[0]).toMatch(
      /^AT\+LMQTTCONN=0,"example1\|securemode=2,authType=register,random=[0-9a-f]{16},signmethod=hmacsha256\|","example1&a1X2bEnP82z","[0-9a-f]{64}"$/,
    );
    const { lines } = module;
    expect(lines).toContain('AT+LMQTTOPEN=0,"a1X2bEnP82z.iot-as-mqtt.cn-shanghai.aliyuncs.com",1883');
    expect(lines).toContain('AT+LMQTTCFG="sslenable",0,1,0');
    expect(lines.filter((line) => /aliauth|"cloud"|SUBUNSUB/.test(line))).toEqual([
      'AT+LMQTTCFG="aliauth",0,"","",""',
      'AT+LMQTTCFG="cloud",0,0,0',
    ]);
  });

  it.each([
    ['before the result', ok(push(), CONNECTED)],
    ['before OK', `\r\n${push()}\r\n${ok(CONNECTED)}`],
    ['in place of the result', ok(push(), CLOSED)],
    [
      'behind one for another device',
      ok(CONNECTED, push({ deviceName: 'example2', deviceSecret: 'x' }), push()),
    ],
    ['behind a message to another topic', ok(CONNECTED, push({ deviceSecret: 'x' }, '/a/b'), push())],
    ['and the session ends in the same read', ok(CONNECTED, push(), CLOSED)],
  ])('takes a push %s', async (_name, answer) => {
    const { triple, conns } = await register(new AnsweringModule().answer(/CONN=/, answer));
    expect({ triple, conns: conns.length }).toEqual({ triple: TRIPLE, conns: 1 });
  });

  it('hands the secret over before it closes the session', async () => {
    const module = new AnsweringModule().answer(/CONN=/, ok(CONNECTED, push()));
    let last: string | undefined;
    await register(module, { received: () => (last = module.lines.at(-1)) });
    expect(last).toMatch(/^AT\+LMQTTCONN=/);
    expect(module.lines.slice(-2)).toEqual(LEAVE);
  });

  it('rejects with what storing the secret throws, and leaves all the same', async () => {
    const module = new AnsweringModule().answer(/CONN=/, ok(CONNECTED, push()));
    const full = new Error('no space left on device');
    const received = () => {
      throw full;
    };
    const { error, tail } = await register(module, { received });
    expect(error).toBe(full);
    expect(tail).toEqual(LEAVE);
  });

  it.each([
    ['broker.example', 'AT+LMQTTOPEN=0,"broker.example",1883'],
    ['broker.example:443', 'AT+LMQTTOPEN=0,"broker.example",443'],
    ['mqtts://broker.example:8883', 'AT+LMQTTOPEN=0,"broker.example",8883'],
  ])('opens %s', async (host, line) => {
    const module = new AnsweringModule().answer(/CONN=/, ok(CONNECTED, push()));
    await register(module, { host });
    expect(module.lines).toContain(line);
  });
});

describe('a registration through a module that fails', () => {
  it.each([
    ['the name does not resolve', /OPEN=/, ok('+LMQTTOPEN: 0,-1,4'), 'REGISTRATION_FAILED'],
    ['TLS fails', /OPEN=/, ok('+LMQTTURC: STATS,0,14'), 'REGISTRATION_FAILED'],
    ['a setting is refused', /sslenable/, ERROR, 'REGISTRATION_FAILED'],
    ['the module refuses CONNECT', /CONN=/, ERROR, 'REGISTRATION_FAILED'],
    ['the cloud says later', /CONN=/, ok('+LMQTTCONN: 0,0,3'), 'REGISTRATION_FAILED'],
    ['bad parameters', /CONN=/, ok('+LMQTTCONN: 0,0,2'), 'REGISTRATION_REFUSED'],
    ['refused', /CONN=/, ok('+LMQTTCONN: 0,0,4'), 'REGISTRATION_REFUSED'],
    ['not authorized', /CONN=/, ok('+LMQTTCONN: 0,0,5'), 'REGISTRATION_REFUSED'],
    ['refused, told as a state', /CONN=/, ok('+LMQTTURC: STATS,0,15,4'), 'REGISTRATION_REFUSED'],
    ['CONNECT could not be sent', /CONN=/, ok('+LMQTTCONN: 0,2'), 'REGISTRATION_UNANSWERED'],
    ['closed before CONNACK', /CONN=/, ok(CLOSED), 'REGISTRATION_UNANSWERED'],
    ['closed behind CONNACK', /CONN=/, ok(CONNECTED, CLOSED), 'REGISTRATION_UNANSWERED'],
    ['restarted', /CONN=/, `${OK}\r\nECRDY\r\n`, 'REGISTRATION_UNANSWERED'],
    [
      'a push for another device alone',
      /CONN=/,
      ok(CONNECTED, push({ deviceName: 'example2' }), CLOSED),
      'REGISTRATION_UNANSWERED',
    ],
    ['a push of something else', /CONN=/, ok(CONNECTED, NONSENSE, CLOSED), 'REGISTRATION_UNANSWERED'],
  ])('%s', async (_name, line, answer, code) => {
    const module = new AnsweringModule().answer(line, answer);
    const { error, conns } = await register(module, { timeout: 2_000 });
    expect(error).toMatchObject({ code });
    expect(conns.length).toBe(String(line) === '/CONN=/' ? 1 : 0);
    expect(error?.message).toMatch(
      /^registration of example1 (failed|refused|unanswered): .+ \(mqtts:\/\/.+\)$/,
    );
  });

  it.each([
    ['no network', /CEREG\?/, info('+CEREG: 2,3')],
    ['no SIM', /CPIN\?/, '\r\n+CME ERROR: 10\r\n'],
  ])('%s', async (_name, line, answer) => {
    const module = new AnsweringModule().answer(line, answer);
    const { error } = await register(module, { timeout: 100 });
    expect(error).toMatchObject({ code: 'REGISTRATION_FAILED' });
    expect(module.lines.filter((sent) => sent.includes('LMQTTOPEN'))).toEqual([]);
  });

  it('what may be the late answer to an attempt before says nothing, and CONNECT is not sent again', async () => {
    const module = new AnsweringModule().answer(/CONN=/, OK, ok('+LMQTTCONN: 0,0,4'));
    const modem = new Modem(module.open, LMQTT_IDENTITY);
    onTestFinished(() => modem.close());
    await modem.reopen();
    const attempt = (timeout: number) =>
      registerOverModule(modem, TARGET, { region: 'cn-shanghai', timeout }).catch((error: unknown) => error);
    expect(await attempt(100)).toMatchObject({ code: 'REGISTRATION_UNANSWERED' });
    module.take();
    expect(await attempt(2_000)).toMatchObject({ code: 'REGISTRATION_UNANSWERED' });
    expect(module.lines.filter((line) => line.includes('LMQTTCONN='))).toHaveLength(1);
  });

  it('a push that came before CONNECT is of an earlier session: its secret is dead', async () => {
    const module = new AnsweringModule()
      .answer(/OPEN=/, ok(push({ deviceSecret: 'dead' }), '+LMQTTOPEN: 0,0'))
      .answer(/CONN=/, ok(CONNECTED, CLOSED));
    const { error } = await register(module);
    expect(error).toMatchObject({ code: 'REGISTRATION_UNANSWERED' });
  });

  it('no push: after the time limit it is unanswered', async () => {
    const { error, tail } = await register(new AnsweringModule(), { timeout: 100 });
    expect(error).toMatchObject({ code: 'REGISTRATION_UNANSWERED' });
    expect(tail).toEqual(LEAVE);
  });

  it.each([
    [/OPEN=/, 'ABORTED'],
    [/CONN=/, 'REGISTRATION_UNANSWERED'],
  ])('aborted at %s: %s', async (line, code) => {
    const abort = new AbortController();
    const module = new AnsweringModule().answer(line, () => {
      abort.abort();
      return OK;
    });
    const { error } = await register(module, { signal: abort.signal });
    expect(error).toMatchObject({ code });
  });

  it('aborted before anything is written', async () => {
    const module = new AnsweringModule();
    const { error } = await register(module, { signal: AbortSignal.abort() });
    expect(error).toMatchObject({ code: 'ABORTED' });
    expect(module.lines.filter((line) => line.includes('LMQTT'))).toEqual([]);
  });

  it.each([
    [{ host: 'mqtt://broker.example' }, 'host'],
    [{ host: 'u:p@broker.example' }, 'host'],
    [{ host: 'broker.example', region: 'cn-shanghai' }, 'region'],
    [{ region: 'shanghai' }, 'region'],
    [{ timeout: 0 }, 'timeout'],
    [{ profile: 'nt99' }, 'profile'],
    [{ signMethod: 'md5' as 'hmacmd5' }, 'signMethod'],
  ])('%j is refused', async (options, field) => {
    const module = new AnsweringModule();
    const { error } = await register(module, options);
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field });
    expect(module.lines.filter((line) => line.includes('LMQTT'))).toEqual([]);
  });
});
