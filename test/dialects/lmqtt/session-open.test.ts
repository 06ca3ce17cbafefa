import { describe, expect, it } from 'vitest';
import { TimeoutError } from '../../../src/errors/kinds.js';
import { linesOf } from '../../helpers/transcript.js';
import { AnsweringModule, OK, ok } from './answering-module.js';
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
      'AT+LMQTTCFG="will",0,0',
      'AT+LMQTTCFG="sslenable",0,0,0',
      'AT+LMQTTCFG="aliauth",0,"","",""',
      'AT+LMQTTCFG="cloud",0,0,0',
      'AT+LMQTTCFG="send/mode",0,0',
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
      'AT+LMQTTCFG="aliauth",0,"","",""',
      'AT+LMQTTCFG="cloud",0,0,0',
      'AT+LMQTTCFG="send/mode",0,0',
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
      .answer(/^AT\+LMQTTDISC=0$/, ok('+LMQTTDISC: 0,0'))
      .answer(/^AT\+LMQTTCLOSE=0$/, ok('+LMQTTCLOSE: 0,1,2'));
    const { session } = sessionOn(module);
    await session.open();
    expect(module.lines.slice(0, 3)).toEqual([...LEAVE, 'AT+LMQTTCFG="urc",0,1']);
  });
});

describe('a connect that is given up', () => {
  it('before it begins writes nothing', async () => {
    const { module, session } = sessionOn();
    await expect(session.open({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ABORTED' });
    await settled();
    expect(module.wire).toBe('');
  });

  it('while the settings are written leaves nothing to close', async () => {
    const module = new AnsweringModule().answer(/recv/, undefined);
    const { session } = sessionOn(module);
    const abort = new AbortController();
    const opening = session.open({ signal: abort.signal });
    await module.receives(/recv/);
    abort.abort();
    await expect(opening).rejects.toMatchObject({ code: 'ABORTED' });
    module.send(OK);
    await settled();
    expect(module.lines.at(-1)).toBe('AT+LMQTTCFG="recv/mode",0,0,1');
  });

  it('while the connection opens closes it', async () => {
    const module = new AnsweringModule().answer(/OPEN=/, OK);
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
    const module = new AnsweringModule().answer(/CONN=/, () => {
      module.unplug();
      return undefined;
    });
    const { session } = sessionOn(module);
    await expect(session.open()).rejects.toMatchObject({ code: 'PORT_CLOSED' });
  });

  it('rejects with the reason for which it is abandoned', async () => {
    const module = new AnsweringModule().answer(/CONN=/, OK);
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
  const { session, messages } = sessionOn(new AnsweringModule().answer(/CONN=/, early));
  await session.open();
  expect(messages).toEqual([{ topic: 'cmd/x', payload: Buffer.from('a\r\nb"'), messageId: 1 }]);
});
