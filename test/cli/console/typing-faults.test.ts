import { describe, expect, it } from 'vitest';
import { typingFault } from '../../../src/cli/console/typing-faults.js';

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
