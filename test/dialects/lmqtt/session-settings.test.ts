import { describe, expect, it } from 'vitest';
import { PROFILES } from '../../../src/dialects/lmqtt/profiles.js';
import { plannedSettings } from '../../../src/dialects/lmqtt/session-settings.js';
import { CommandError } from '../../../src/errors/kinds.js';
import { AnsweringModule, ERROR, info, OK } from './answering-module.js';
import { OPTIONS, sessionOn, settled } from './session-under-test.js';

describe('settings that the module refuses', () => {
  const HEX = {
    setting: 'recv/mode',
    consequence: 'messages come in hex, at half the speed',
    refusedBy: 'module',
  };
  const LINES = {
    setting: 'recv/mode',
    consequence: expect.stringMatching(
      /^messages come as lines: .* cannot be received whole, .* can forge results/,
    ),
    refusedBy: 'module',
  };

  it.each([
    ['urc', 'the module decides itself whether it reports results'],
    ['cache', 'messages may only be announced; they are fetched then'],
    ['version', 'the module chooses the MQTT version'],
  ])('goes on without %s and tells', async (setting, consequence) => {
    const { session, degraded } = sessionOn(new AnsweringModule().answer(RegExp(`"${setting}"`), ERROR));
    await session.open();
    expect(degraded).toEqual([{ setting, consequence, refusedBy: 'module' }]);
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

  it('falls back to hex without a length', async () => {
    const { module, session, degraded, messages } = sessionOn(
      new AnsweringModule().answer(/"recv\/mode",0,[01],1$/, ERROR),
    );
    await session.open();
    expect(module.lines.filter((line) => line.includes('recv/mode'))).toEqual([
      'AT+LMQTTCFG="recv/mode",0,0,1',
      'AT+LMQTTCFG="recv/mode",0,1,1',
      'AT+LMQTTCFG="recv/mode",0,1,0',
    ]);
    expect(degraded).toEqual([
      {
        setting: 'recv/mode',
        consequence: expect.stringMatching(/^messages come in hex without their len/),
        refusedBy: 'module',
      },
    ]);
    module.send('\r\n+LMQTTURC: RECV,0,8,"cmd/x",000D0AFF\r\n');
    await settled();
    expect(messages).toEqual([
      { topic: 'cmd/x', payload: Buffer.from([0x00, 0x0d, 0x0a, 0xff]), messageId: 8 },
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

describe('what an earlier program may have left', () => {
  const WILL = 'a will that an earlier program has set, if any, is published for this client';
  const TLS = 'TLS that an earlier program has switched on, if any, is on still: mqtt:// fails then';
  const CLOUD = 'the module may log in with a triple that an earlier program has set';
  const SEND = 'payloads are sent wrong if an earlier program has set hex for them';

  it.each([
    ['will', WILL, '1,1,0,"t/x","off"'],
    ['sslenable', TLS, '1,0'],
    ['cloud', CLOUD, '2,1'],
    ['send/mode', SEND, '1'],
  ])('is told when the module refuses to switch %s off', async (setting, consequence, on) => {
    const refused = RegExp(`"${setting}",0,`);
    const query = `AT+LMQTTCFG="${setting}",0`;
    const answers = [info(`+LMQTTCFG: "${setting}",${on}`), ERROR, OK, info('+LMQTTCFG: "cache",0')];
    for (const answer of answers) {
      const module = new AnsweringModule().answer(refused, ERROR).answer(RegExp(`"${setting}",0$`), answer);
      const { session, degraded } = sessionOn(module);
      await session.open();
      expect(degraded).toEqual([{ setting, consequence, refusedBy: 'module' }]);
      expect(module.lines).toContain(query);
    }
  });

  it.each([
    ['will', '0'],
    ['will', '0,0,0,"",""'],
    ['sslenable', '0,3'],
    ['cloud', '1,0'],
    ['send/mode', '0'],
  ])('is no matter when the module says that %s is off: %s', async (setting, off) => {
    const module = new AnsweringModule()
      .answer(RegExp(`"${setting}",0,`), ERROR)
      .answer(RegExp(`"${setting}",0$`), info(`+LMQTTCFG: "${setting}",${off}`));
    const { session, degraded } = sessionOn(module);
    await session.open();
    expect(degraded).toEqual([]);
  });

  it('does not matter for a triple without a cloud', async () => {
    const { module, session, degraded } = sessionOn(new AnsweringModule().answer(/"aliauth"/, ERROR));
    await session.open();
    expect(degraded).toEqual([]);
    expect(module.lines.filter((line) => /aliauth|cloud/.test(line))).toEqual([
      'AT+LMQTTCFG="aliauth",0,"","",""',
      'AT+LMQTTCFG="cloud",0,0,0',
    ]);
  });

  it('stays where the firmware is to keep its triple', async () => {
    const { module, session } = sessionOn(new AnsweringModule(), { keepTriple: true });
    await session.open();
    expect(module.lines.filter((line) => /aliauth|cloud/.test(line))).toEqual([]);
  });

  it('is not asked for any more when the module restarts meanwhile', async () => {
    const { session } = sessionOn(
      new AnsweringModule().answer(/"will",0,/, ERROR).answer(/"will",0$/, undefined),
    );
    const abort = new AbortController();
    const opening = session.open({ signal: abort.signal });
    await settled();
    abort.abort();
    await expect(opening).rejects.toMatchObject({ code: 'ABORTED' });
  });
});

it('a module that takes payloads in hex is told so, and must grant it', () => {
  const planned = plannedSettings(OPTIONS, { ...PROFILES.nt26, sendFormat: 'hex' });
  expect(planned.at(-1)).toEqual({ setting: { key: 'send/mode', format: 1, id: 0 } });
});
