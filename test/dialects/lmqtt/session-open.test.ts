import { describe, expect, it } from 'vitest';
import { CommandError, MqttError, TimeoutError } from '../../../src/errors/kinds.js';
import { linesOf } from '../../helpers/transcript.js';
import { AnsweringModule, ERROR, OK, ok } from './answering-module.js';
import { sessionOn, settled } from './session-under-test.js';

const LEAVE = ['AT+LMQTTDISC=0', 'AT+LMQTTCLOSE=0'];

describe('a whole connect', () => {
  it('writes exactly these bytes', async () => {
    const { module, session, degraded } = sessionOn();
    await session.open();
    expect(module.wire.split('\r\n')).toEqual([
      'AT+LMQTTDISC=0',
      'AT+LMQTTCLOSE=0',
      'AT+LMQTTCFG="urc",0,1',
      'AT+LMQTTCFG="cache",0,0',
      'AT+LMQTTCFG="keepalive",0,120',
      'AT+LMQTTCFG="session",0,1',
      'AT+LMQTTCFG="version",0,4',
      'AT+LMQTTCFG="recv/mode",0,0,1',
      'AT+LMQTTOPEN=0,"broker.example",1883',
      'AT+LMQTTCONN=0,"meter-7"',
      '',
    ]);
    expect(degraded).toEqual([]);
  });

  it('writes will, TLS, credentials, kept session, MQTT 3.1 and buffering when asked to', async () => {
    const { module, session } = sessionOn(new AnsweringModule(), {
      broker: { host: '2001:db8::7', port: 8883, tls: true },
      username: 'user',
      password: 'secret',
      keepalive: 0,
      clean: false,
      will: { topic: 't/x', payload: 'off', qos: 1, retain: false },
      protocolVersion: 3,
      buffered: true,
    });
    await session.open();
    expect(module.lines.slice(2)).toEqual([
      'AT+LMQTTCFG="urc",0,1',
      'AT+LMQTTCFG="cache",0,1',
      'AT+LMQTTCFG="keepalive",0,0',
      'AT+LMQTTCFG="session",0,0',
      'AT+LMQTTCFG="version",0,3',
      'AT+LMQTTCFG="will",0,1,1,0,"t/x","off"',
      'AT+LMQTTCFG="sslenable",0,1,0',
      'AT+LMQTTCFG="recv/mode",0,0,1',
      'AT+LMQTTOPEN=0,"2001:db8::7",8883',
      'AT+LMQTTCONN=0,"meter-7","user","secret"',
    ]);
  });

  it('sends the lines of the golden transcript', async () => {
    const { module, session } = sessionOn(new AnsweringModule(), {
      broker: { host: 'mqtt.example.net', port: 1883, tls: false },
      clientId: '861326070275653',
      username: '861326070275653',
      password: 'AECFC44D182082C3',
      keepalive: 180,
      will: { topic: 't/x', payload: 'off', qos: 1, retain: false },
    });
    await session.open();
    expect(module.lines).toEqual(expect.arrayContaining(linesOf('open-connect', '>')));
  });

  it('clears away what an earlier session left', async () => {
    const module = new AnsweringModule()
      .on(/^AT\+LMQTTDISC=0$/, ok('+LMQTTDISC: 0,0'))
      .on(/^AT\+LMQTTCLOSE=0$/, ok('+LMQTTCLOSE: 0,1,2'));
    const { session } = sessionOn(module);
    await session.open();
    expect(module.lines.slice(0, 3)).toEqual([...LEAVE, 'AT+LMQTTCFG="urc",0,1']);
  });
});

describe('settings that the module refuses', () => {
  const HEX = { setting: 'recv/mode', consequence: 'messages come in hex, at half the speed' };
  const LINES = {
    setting: 'recv/mode',
    consequence: 'messages come as lines: a payload with a line end in it cannot be received whole',
  };

  it.each([
    ['urc', 'the module decides itself whether it reports results'],
    ['cache', 'messages may only be announced; they are fetched then'],
    ['version', 'the module chooses the MQTT version'],
  ])('goes on without %s and tells', async (setting, consequence) => {
    const { session, degraded } = sessionOn(new AnsweringModule().on(RegExp(`"${setting}"`), ERROR));
    await session.open();
    expect(degraded).toEqual([{ setting, consequence }]);
  });

  it('falls back to hex', async () => {
    const { module, session, degraded, messages } = sessionOn(
      new AnsweringModule().on(/"recv\/mode",0,0,1$/, ERROR),
    );
    await session.open();
    expect(module.lines.filter((line) => line.includes('recv/mode'))).toEqual([
      'AT+LMQTTCFG="recv/mode",0,0,1',
      'AT+LMQTTCFG="recv/mode",0,1,1',
    ]);
    expect(degraded).toEqual([HEX]);
    module.send('\r\n+LMQTTURC: RECV,0,7,"cmd/x",4,000D0AFF\r\n');
    await settled();
    expect(messages).toEqual([
      { topic: 'cmd/x', payload: Buffer.from([0x00, 0x0d, 0x0a, 0xff]), messageId: 7 },
    ]);
  });

  it('falls back to lines', async () => {
    const { module, session, degraded, messages } = sessionOn(
      new AnsweringModule().on(/"recv\/mode"/, '\r\n+CME ERROR: 3\r\n'),
    );
    await session.open();
    expect(degraded).toEqual([LINES]);
    module.send('\r\n+LMQTTURC: RECV,0,1,"cmd/x",{"control":1,"message_id":"t1"}\r\n');
    await settled();
    expect(messages.map(({ payload }) => payload.toString())).toEqual(['{"control":1,"message_id":"t1"}']);
  });

  it.each([
    ['keepalive', {}, 'AT+LMQTTCFG="keepalive",0,120'],
    ['session', {}, 'AT+LMQTTCFG="session",0,1'],
    ['version', { protocolVersion: 3 as const }, 'AT+LMQTTCFG="version",0,3'],
    ['cache', { buffered: true }, 'AT+LMQTTCFG="cache",0,1'],
    [
      'will',
      { will: { topic: 't', payload: 'm', qos: 0 as const, retain: false } },
      'AT+LMQTTCFG="will",0,1,0,0,"t","m"',
    ],
    ['sslenable', { broker: { host: 'h', port: 8883, tls: true } }, 'AT+LMQTTCFG="sslenable",0,1,0'],
  ])('does not connect without %s', async (setting, options, command) => {
    const { module, session } = sessionOn(new AnsweringModule().on(RegExp(`"${setting}"`), ERROR), options);
    const error = await session.open().catch((reason) => reason);
    expect(error).toBeInstanceOf(CommandError);
    expect(error).toMatchObject({ code: 'COMMAND_FAILED', command, final: 'ERROR' });
    expect(module.lines.at(-1)).toBe(command);
    await expect(session.subscribe([{ topic: 't', qos: 0 }])).rejects.toMatchObject({
      code: 'COMMAND_FAILED',
    });
  });
});

describe('a connection that fails', () => {
  it.each([
    ['+LMQTTOPEN: 0,-1,3', 3, 'the PDP context could not be activated'],
    ['+LMQTTOPEN: 0,-1,4', 4, 'domain name could not be resolved'],
    ['+LMQTTOPEN: 0,-1', undefined, 'the connection could not be opened'],
  ])('%s', async (line, extend, text) => {
    const { module, session } = sessionOn(new AnsweringModule().on(/OPEN=/, ok(line)));
    const error = await session.open().catch((reason) => reason);
    expect(error).toBeInstanceOf(MqttError);
    expect(error).toMatchObject({ code: 'OPEN_FAILED', result: -1, extend });
    expect(error.message).toContain(text);
    expect(module.lines.slice(-2)).toEqual(LEAVE);
  });

  it.each([
    [1, 'unacceptable protocol version'],
    [2, 'client identifier rejected'],
    [3, 'server unavailable'],
    [4, 'bad user name or password'],
    [5, 'not authorized'],
  ])('return code %i of the broker', async (code, text) => {
    const { module, session } = sessionOn(new AnsweringModule().on(/CONN=/, ok(`+LMQTTCONN: 0,0,${code}`)), {
      username: 'user',
      password: 'hunter2',
    });
    const error = await session.open().catch((reason) => reason);
    expect(error).toMatchObject({ code: 'CONNECT_REFUSED', extend: code });
    expect(error.message).toBe(`connect refused: ${text} (result 0, return code ${code})`);
    expect(module.lines.slice(-2)).toEqual(LEAVE);
  });

  it('CONNECT that could not be sent', async () => {
    const { session } = sessionOn(new AnsweringModule().on(/CONN=/, ok('+LMQTTCONN: 0,2')));
    await expect(session.open()).rejects.toMatchObject({ code: 'CONNECT_FAILED', result: 2 });
  });

  it('the module refuses to open', async () => {
    const { module, session } = sessionOn(new AnsweringModule().on(/OPEN=/, '\r\n+CME ERROR: 3\r\n'));
    await expect(session.open()).rejects.toMatchObject({ code: 'COMMAND_FAILED', number: 3 });
    expect(module.lines.slice(-2)).toEqual(LEAVE);
  });

  it.each([
    [
      /OPEN=/,
      '+LMQTTURC: STATS,0,3',
      'OPEN_FAILED',
      'open failed: domain name could not be resolved (status 3)',
    ],
    [
      /CONN=/,
      '+LMQTTURC: STATS,0,1',
      'CONNECT_FAILED',
      'connect failed: closed or reset by the server (status 1)',
    ],
    [
      /CONN=/,
      '+LMQTTURC: STATS,0,15,5',
      'CONNECT_REFUSED',
      'connect refused: the broker refused the connection: not authorized (status 15, extend 5)',
    ],
  ])('a status instead of the result of %s', async (command, status, code, message) => {
    const { session, lost } = sessionOn(new AnsweringModule().on(command, ok(status)));
    const error = await session.open().catch((reason) => reason);
    expect(error).toBeInstanceOf(MqttError);
    expect(error).toMatchObject({ code, message });
    expect(lost).toEqual([]);
  });

  it('a status behind the result in the same read is a failure as well', async () => {
    const { session, lost } = sessionOn(
      new AnsweringModule().on(/CONN=/, ok('+LMQTTCONN: 0,0,0', '+LMQTTURC: STATS,0,1')),
    );
    await expect(session.open()).rejects.toMatchObject({ code: 'CONNECT_FAILED' });
    expect(lost).toEqual([]);
    await expect(session.verify()).resolves.toBe(false);
  });

  it.each(['+LMQTTURC: STATS,0,0', '+LMQTTURC: STATS,1,1'])('%s is no failure', async (status) => {
    const { session } = sessionOn(new AnsweringModule().on(/OPEN=/, ok(status, '+LMQTTOPEN: 0,0')));
    await session.open();
    await expect(session.verify()).resolves.toBe(true);
  });

  it('the first of two contradicting results stands', async () => {
    const { session } = sessionOn(
      new AnsweringModule().on(/OPEN=/, ok('+LMQTTOPEN: 0,-1,5', '+LMQTTOPEN: 0,0')),
    );
    await expect(session.open()).rejects.toMatchObject({ code: 'OPEN_FAILED', extend: 5 });
  });
});

describe('a connect that is given up', () => {
  it('before it begins writes nothing', async () => {
    const { module, session } = sessionOn();
    await expect(session.open({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ABORTED' });
    await settled();
    expect(module.wire).toBe('');
  });

  it('while the connection opens closes it', async () => {
    const module = new AnsweringModule().on(/OPEN=/, OK);
    const { session } = sessionOn(module);
    const abort = new AbortController();
    const opening = session.open({ signal: abort.signal });
    await module.receives(/OPEN=/);
    await settled();
    abort.abort(new Error('enough'));
    const error = await opening.catch((reason) => reason);
    expect(error).toMatchObject({ code: 'ABORTED', cause: new Error('enough') });
    expect(module.lines.slice(-2)).toEqual(LEAVE);
  });

  it('ends with the port', async () => {
    const module = new AnsweringModule().on(/CONN=/, () => {
      module.unplug();
      return undefined;
    });
    const { session } = sessionOn(module);
    await expect(session.open()).rejects.toMatchObject({ code: 'PORT_CLOSED' });
  });

  it('rejects with the reason for which it is abandoned', async () => {
    const module = new AnsweringModule().on(/CONN=/, OK);
    const { session } = sessionOn(module);
    const opening = session.open();
    await module.receives(/CONN=/);
    const reason = new TimeoutError('result', 1, {});
    session.abandon(reason);
    expect(await opening.catch((error) => error)).toBe(reason);
  });
});

it('takes the result and a stored message that come before OK in one read', async () => {
  const early = '+LMQTTCONN: 0,0,0\r\n+LMQTTURC: RECV,0,1,"cmd/x",5,a\r\nb"\r\nOK\r\n';
  const { session, messages } = sessionOn(new AnsweringModule().on(/CONN=/, early));
  await session.open();
  expect(messages).toEqual([{ topic: 'cmd/x', payload: Buffer.from('a\r\nb"'), messageId: 1 }]);
});
