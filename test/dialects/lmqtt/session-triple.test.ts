import { describe, expect, it } from 'vitest';
import { LMQTT } from '../../../src/dialects/lmqtt/dialect.js';
import { CommandError } from '../../../src/errors/kinds.js';
import { AnsweringModule, ERROR } from './answering-module.js';
import { OPTIONS, sessionOn } from './session-under-test.js';

const triple = { productKey: 'a1X2bEnP82z', deviceName: 'example1', deviceSecret: 'hunter2hunter2' };
const CLOUD = 'AT+LMQTTCFG="cloud",0,2,1';
const ALIAUTH = 'AT+LMQTTCFG="aliauth",0,"a1X2bEnP82z","example1","hunter2hunter2"';

describe('a session with a triple', () => {
  it('writes it before it opens, and connects with the client id alone', async () => {
    const { module, session } = sessionOn(new AnsweringModule(), { triple, clientId: 'example1' });
    await session.open();
    const opened = module.lines.findIndex((line) => line.startsWith('AT+LMQTTOPEN'));
    expect(module.lines.slice(0, opened).filter((line) => /cloud|aliauth/.test(line))).toEqual([
      CLOUD,
      ALIAUTH,
    ]);
    expect(module.lines.slice(opened)).toEqual([
      'AT+LMQTTOPEN=0,"broker.example",1883',
      'AT+LMQTTCONN=0,"example1"',
    ]);
  });

  it.each([
    ['cloud', CLOUD],
    ['aliauth', ALIAUTH.replace('hunter2hunter2', '***')],
  ])('does not open without %s', async (setting, command) => {
    const module = new AnsweringModule().answer(RegExp(`"${setting}"`), ERROR);
    const { session, degraded } = sessionOn(module, { triple });
    const error = await session.open().catch((reason) => reason);
    expect(error).toBeInstanceOf(CommandError);
    expect(error).toMatchObject({ code: 'COMMAND_FAILED', command });
    expect(module.lines.join('\n')).not.toContain('LMQTTOPEN');
    expect(degraded).toEqual([]);
  });

  it.each([
    ['productKey', '', 'triple.productKey is "" (0 bytes), but must be 1 to 64 bytes of UTF-8'],
    ['deviceName', 'a\nb', /^triple\.deviceName is "a\\nb", but/],
    ['deviceSecret', 'x"hunter2', /^triple\.deviceSecret is \*\*\*, but/],
    ['deviceSecret', 'hunter2'.repeat(10), /^triple\.deviceSecret is a value of 70 bytes, but/],
  ])('is refused with the %s %j', (field, value, message) => {
    expect(() => LMQTT.checkSession({ ...OPTIONS, triple: { ...triple, [field]: value } })).toThrow(message);
  });
});
