import { describe, expect, it } from 'vitest';
import { PROFILES } from '../../../src/dialects/lmqtt/profiles.js';
import { plannedSettings } from '../../../src/dialects/lmqtt/session-settings.js';
import { CommandError } from '../../../src/errors/kinds.js';
import { AnsweringModule, ERROR } from './answering-module.js';
import { OPTIONS, sessionOn, settled } from './session-under-test.js';

describe('settings that the module refuses', () => {
  const HEX = { setting: 'recv/mode', consequence: 'messages come in hex, at half the speed' };
  const LINES = {
    setting: 'recv/mode',
    consequence: expect.stringMatching(
      /^messages come as lines: .* cannot be received whole, .* can forge results/,
    ),
  };

  it.each([
    ['urc', 'the module decides itself whether it reports results'],
    ['cache', 'messages may only be announced; they are fetched then'],
    ['version', 'the module chooses the MQTT version'],
  ])('goes on without %s and tells', async (setting, consequence) => {
    const { session, degraded } = sessionOn(new AnsweringModule().answer(RegExp(`"${setting}"`), ERROR));
    await session.open();
    expect(degraded).toEqual([{ setting, consequence }]);
  });

  it('falls back to hex', async () => {
    const { module, session, degraded, messages } = sessionOn(
      new AnsweringModule().answer(/"recv\/mode",0,0,1$/, ERROR),
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
      new AnsweringModule().answer(/"recv\/mode"/, '\r\n+CME ERROR: 3\r\n'),
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
    const { module, session } = sessionOn(
      new AnsweringModule().answer(RegExp(`"${setting}"`), ERROR),
      options,
    );
    const error = await session.open().catch((reason) => reason);
    expect(error).toBeInstanceOf(CommandError);
    expect(error).toMatchObject({ code: 'COMMAND_FAILED', command, final: 'ERROR' });
    expect(module.lines.at(-1)).toBe(command);
    await expect(session.subscribe([{ topic: 't', qos: 0 }])).rejects.toMatchObject({
      code: 'COMMAND_FAILED',
    });
  });
});

it('a module that takes payloads in hex is told so, and must grant it', () => {
  const planned = plannedSettings(OPTIONS, { ...PROFILES.nt26, sendFormat: 'hex' });
  expect(planned.at(-1)).toEqual({ setting: { key: 'send/mode', format: 1, id: 0 } });
});
