import { describe, expect, it } from 'vitest';
import { mayBeKept } from '../../../src/cli/console/kept.js';
import { maskTyped, typingFault } from '../../../src/cli/console/typed-line.js';

describe('a line that was typed', () => {
  it.each([
    ['.connect -P Hunter22 -i me', '.connect -P *** -i me'],
    ['.connect -PHunter22', '.connect -P***'],
    ['.connect -cP Hunter22', '.connect -cP ***'],
    [`.connect -P "Hunter 22" -i 'a b'`, `.connect -P *** -i 'a b'`],
    ['.connect -P Hunter\\ 22 -i me', '.connect -P *** -i me'],
    ['.connect --pw=Hunter22', '.connect --pw=***'],
    ['.connect -b mqtt://u:Hunter22@h:1883 -c', '.connect -b mqtt://u:***@h:1883 -c'],
    ['.connect mqtt://u:Hunter/2@2@h', '.connect mqtt://u:***@h'],
    ['.macro con = .connect -P Hunter22', '.macro con = .connect -P ***'],
    ['.connect -P “Hunter 22” -i me', '.connect -P ***'],
    ['.connect –P Hunter22 -i me', '.connect –P *** -i me'],
    ['.connect —pw Hunter22', '.connect —pw ***'],
    ['.connect -P Hunter22 --device-secret Hunter22', '.connect -P *** --device-secret ***'],
    ['connect -P Hunter22', 'connect -P ***'],
    ['。connect -P Hunter22', '。connect -P ***'],
    [' .connect -P Hunter22', ' .connect -P ***'],
    ['.connect mqtt：//u：Hunter22@h', '.connect mqtt：//u:***@h'],
    ['AT+LMQTTCONN = 0,“c”,“u”,“Hunter22”', 'AT+LMQTTCONN***'],
    ["AT+CPIN ='Hunter22'", 'AT+CPIN***'],
    ['AT+LMQTTCONN=0,"c","u","Hunter22"', 'AT+LMQTTCONN=0,"c","u","***"'],
    ['AT+CGAUTH=1,1,"u","Hunter22"', 'AT+CGAUTH=***'],
  ])('%s is shown without its secret, and not kept', (line, shown) => {
    expect(maskTyped(line)).toBe(shown);
    expect(mayBeKept(line)).toBe(false);
  });

  it.each(['.connect -b mqtt://broker.example:1883 -i Pump', '.pub -r up/x {"mail":"a:b@c"}', 'AT+CSQ'])(
    '%s is shown and kept as it is',
    (line) => {
      expect(maskTyped(line)).toBe(line);
      expect(mayBeKept(line)).toBe(true);
    },
  );
});

describe('a command line with what modules do not take', () => {
  it.each([
    [
      'AT+LMQTTCFG=“aliauth”,0,“pk”,“dn”,“s”',
      'AT+LMQTTCFG="aliauth",0,"pk","dn","s"',
      /straight double quotes/,
    ],
    ["AT+CPIN='1234'", 'AT+CPIN="1234"', /straight double quotes/],
    ['AT+CPIN="1234”', 'AT+CPIN="1234"', /straight double quotes/],
    ['AT+LMQTTCONN = 0,"me"', 'AT+LMQTTCONN=0,"me"', /^many modules take no blanks/],
    ['AT+LMQTTCONN=0, "me" ,"a b"', 'AT+LMQTTCONN=0,"me","a b"', /blanks/],
    ['AT+CPIN ="1234"', 'AT+CPIN="1234"', /blanks/],
    ['ＡＴ＋ＣＳＱ', 'AT+CSQ', /^full-width/],
    ['AT+LMQTTOPEN＝0，"h"，1883', 'AT+LMQTTOPEN=0,"h",1883', /^full-width/],
    ['AT+LMQTTOPEN=0,＂h＂,1883', 'AT+LMQTTOPEN=0,"h",1883', /^straight|^strings/],
    ['AT+LMQTTSUBUNSUB=0,0,1,“温度，湿度”,1', 'AT+LMQTTSUBUNSUB=0,0,1,"温度，湿度",1', /straight/],
    ['。status', '.status', /US keyboard/],
    ['．pub up/x 你好，“世界”', '.pub up/x 你好，“世界”', /US keyboard/],
    ['.connect -P “a b”', '.connect -P "a b"', /US keyboard/],
    ['.connect —pw x', '.connect --pw x', /dashes/],
    ['.connect –P x', '.connect -P x', /dashes/],
  ])('%s is told, with what is right', (line, right, what) => {
    expect(typingFault(line)).toEqual({ right, what: expect.stringMatching(what) });
    expect(typingFault(right)).toBeUndefined();
  });

  it.each([
    'AT+CSQ',
    'AT+LMQTTCONN=0,"a “b” c","it\'s"',
    'AT+CMGS="+49170"',
    'AT+LMQTTPUB=0,1,0,0,"t",13,"{"a": 1, “b”}"',
    'ATQ0 V1 E1 S0=0',
    'ATD +49 170 1;',
    'AT+XCMD=hello world',
    'AT+LMQTTCONN=0,"open',
    '.pub up/x {"a": "b c"}',
    '.pub up/x 你好，“世界”',
    'hello “world”',
    '',
  ])('%s is as it may be', (line) => {
    expect(typingFault(line)).toBeUndefined();
  });
});
