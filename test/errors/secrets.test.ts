import { describe, expect, it } from 'vitest';
import { TimeoutError } from '../../src/errors/kinds.js';
import { ModemError } from '../../src/errors/modem-error.js';
import { maskSecrets } from '../../src/errors/secrets.js';
import { escapeBytes } from '../../src/util/escape.js';

const CONNECT = 'AT+LMQTTCONN=0,"id","user","hunter2"';
const ALIYUN = 'AT+LMQTTCFG="aliauth",0,"pk","dn","hunter2"';

describe('maskSecrets', () => {
  it.each([
    ['a password', CONNECT, 'AT+LMQTTCONN=0,"id","user","***"'],
    ['in small letters', 'at+lmqttconn=0,"id","user","hunter2"', 'at+lmqttconn=0,"id","user","***"'],
    ['an empty password', 'AT+LMQTTCONN=0,"id","user",""', 'AT+LMQTTCONN=0,"id","user","***"'],
    ['a device secret', ALIYUN, 'AT+LMQTTCFG="aliauth",0,"pk","dn","***"'],
    [
      'a device secret in an answer',
      '+LMQTTCFG: "aliauth","pk","dn","hunter2"',
      '+LMQTTCFG: "aliauth","pk","dn","***"',
    ],
    [
      'the answer to a registration',
      '{"deviceSecret":"hunter2","deviceName":"dn"}',
      '{"deviceSecret":"***","deviceName":"dn"}',
    ],
    ['the same without its end', '{"deviceSecret" : "hunter2', '{"deviceSecret" : "***'],
    ['the same as a quoted text', '"{\\"deviceSecret\\":\\"hunter2\\"}"', '"{\\"deviceSecret\\":\\"***\\"}"'],
    [
      'two of them',
      '{"productSecret":"a","deviceSecret":"b"}',
      '{"productSecret":"***","deviceSecret":"***"}',
    ],
    ['a token', '{"clientId":"x","deviceToken":"hunter2"}', '{"clientId":"x","deviceToken":"***"}'],
    [
      'a form',
      'productKey=pk&productSecret=hunter2&deviceSecret=hunter2 HTTP/1.1',
      'productKey=pk&productSecret=***&deviceSecret=*** HTTP/1.1',
    ],
    ['an object as Node shows it', "{ deviceSecret: 'hunter2', a: 1 }", "{ deviceSecret: '***', a: 1 }"],
    [
      'a secret with a backslash at its end',
      '{"deviceSecret":"hunter2\\\\","a":1}',
      '{"deviceSecret":"***","a":1}',
    ],
    ['a value without quotes', '{"deviceSecret":hunter2,"a":1}', '{"deviceSecret":***,"a":1}'],
    [
      'the downlink of a token',
      '+LMQTTURC: RECV,0,1,"/ext/regnwl",4,68756E74',
      '+LMQTTURC: RECV,0,1,"/ext/regnwl",***',
    ],
    [
      'the downlink of a registration in hex',
      '+LMQTTURC: RECV,0,1,"/ext/register",4,68756E74',
      '+LMQTTURC: RECV,0,1,"/ext/register",***',
    ],
    ['a PIN', 'AT+CPIN="1234"', 'AT+CPIN=***'],
    ['a PUK and a PIN', 'AT+CPIN="12345678","1234"', 'AT+CPIN=***'],
    ['the password of a facility', 'AT+CLCK="SC",1,"1234"', 'AT+CLCK=***'],
    ['old and new password', 'AT+CPWD="SC","1234","5678"', 'AT+CPWD=***'],
    ['the password of an APN', 'AT+CGAUTH=1,1,"u","1234"', 'AT+CGAUTH=***'],
  ])('%s', (_name, line, masked) => {
    expect(maskSecrets(line)).toBe(masked);
    expect(maskSecrets(masked)).toBe(masked);
  });

  it.each([
    ['an echo', `${CONNECT}\r\r\nOK\r\n`, 'AT+LMQTTCONN=0,"id","user","***"\r\r\nOK\r\n'],
    ['an escaped echo', `${CONNECT}\\r\\r\\nOK`, 'AT+LMQTTCONN=0,"id","user","***"\\r\\r\\nOK'],
    ['garbage before an echo', `\x80\xff${CONNECT}`, '\x80\xffAT+LMQTTCONN=0,"id","user","***"'],
    [
      'two lines',
      `${CONNECT}\n${ALIYUN}`,
      'AT+LMQTTCONN=0,"id","user","***"\nAT+LMQTTCFG="aliauth",0,"pk","dn","***"',
    ],
    [
      'a line quoted in an error',
      `${CONNECT}: no final result code within 5000 ms`,
      'AT+LMQTTCONN=0,"id","user","***": no final result code within 5000 ms',
    ],
  ])('%s', (_name, text, masked) => {
    expect(maskSecrets(text)).toBe(masked);
  });

  it.each([
    ['a lost first byte', 'T+LMQTTCONN=0,"id","user","hunter2"'],
    ['a garbled name', 'AT+LMQ\x80TCONN=0,"id","user","hunter2"'],
    ['a lost byte in the name', 'AT+LMQTCONN=0,"id","user","hunter2"'],
    ['a garbled key', 'AT+LMQTTCFG="al\x80auth",0,"pk","dn","hunter2"'],
    ['an error that quotes the line again', `${CONNECT}: the module answered +CME ERROR: ${CONNECT}`],
    ['an error that quotes PIN and password', `AT+CPIN="1": answered ${CONNECT}`],
    ['a garbled equals sign', 'AT+LMQTTCONN 0,"id","user","hunter2"'],
    ['a garbled key in an answer', '+LMQTTCFG: " liauth","pk","dn","hunter2"'],
    ['a lost comma behind the key', '+LMQTTCFG: "aliauth""pk","dn","hunter2"'],
    ['a space behind the key', '+LMQTTCFG: "aliauth" ,"pk","dn","hunter2"'],
    ['a lost quote before the key', 'AT+LMQTTCFG=aliauth",0,"pk","dn","hunter2"'],
    ['a lost quote', 'AT+LMQTTCONN=0,"id,"user","hunter2"'],
    ['another lost quote', 'AT+LMQTTCONN=0,"id","user,"hunter2"'],
    ['a lost comma', 'AT+LMQTTCONN=0,"id""user","hunter2"'],
    ['another lost comma', 'AT+LMQTTCONN=0,"id","user""hunter2"'],
    ['a comma turned into a space', 'AT+LMQTTCONN=0,"id" "user","hunter2"'],
    ['a comma turned into an escape', 'AT+LMQTTCONN=0,"id"\\x80"user","hunter2"'],
    ['a lost opening quote', 'AT+LMQTTCONN=0,"id","user",hunter2"'],
    ['a lost closing quote', 'AT+LMQTTCONN=0,"id","user","hunter2'],
    ['a lost id', 'AT+LMQTTCONN=,"id","user","hunter2"'],
    ['a quote in the secret', 'AT+LMQTTCONN=0,"id","user","x"hunter2"y"'],
    ['a comma in the secret', 'AT+LMQTTCONN=0,"id","user","x,hunter2,y"'],
    ['quotes of JSON', JSON.stringify(CONNECT)],
    ['no quotes at all', 'AT+LMQTTCONN=0,id,user,hunter2'],
    ['a triple without its first part', '+LMQTTCFG: "aliauth","dn","hunter2"'],
    ['a device secret alone', '+LMQTTCFG: "aliauth","hunter2"'],
    ['a query with a secret behind it', 'AT+LMQTTCFG="aliauth",0,"hunter2"'],
    ['quotes of a text program', 'AT+LMQTTCFG=“aliauth”,0,“pk”,“dn”,“hunter2”'],
    ['the same as wire text', Buffer.from('AT+LMQTTCFG=“aliauth”,0,“pk”,“dn”,“hunter2”').toString('latin1')],
    ['the same in a trace', escapeBytes(Buffer.from('AT+LMQTTCFG=“aliauth”,0,“pk”,“dn”,“hunter2”'))],
    ['full-width quotes and commas', 'AT+LMQTTCONN=0，＂id＂，＂user＂，＂hunter2＂'],
    ['single quotes', "AT+LMQTTCONN=0,'id','user','hunter2'"],
    ['two strange quotes alone', 'AT+LMQTTCONN=0,"id“,“user","hunter2"'],
    ['a space before the equals sign', 'AT+LMQTTCONN = 0,"id","user","hunter2"'],
    ['a space behind it', 'AT+LMQTTCONN= 0, "id", "user", "hunter2"'],
    ['a space in the name', 'AT + LMQTT CONN=0,"id","user","hunter2"'],
    ['a space in front of a PIN', 'AT+CPIN ="hunter2"'],
    ['a command in front', 'AT+CSQ;+CPIN=hunter2'],
    ['garbage in front', '+++AT+CPIN=hunter2'],
    ['the answer to a query', '+CGAUTH: 1,1,"u","hunter2"'],
    ['an answer without quotes, in another order', '+ECMTCFG: "aliauth",dn,hunter2,pk'],
    ['a CONNECT of another dialect', 'AT+CMQTTCONNECT=0,"tcp://h:1883",60,1,"user","hunter2"'],
    ['a password by its key', 'AT+SMCONF="PASSWORD","hunter2"'],
    ['the password of an APN', 'AT+QICSGP=1,1,"apn","user","hunter2",1'],
    ['a garbled name without quotes', 'AT+LMQTTC0NN=0,id,user,hunter2'],
    ['a cut device secret', 'AT+LMQTTCFG="aliauth",0,"pk","dn","hunter2'],
  ])('%s does not show the secret', (_name, text) => {
    expect(maskSecrets(text)).not.toContain('hunter2');
    expect(maskSecrets(text)).toContain('***');
  });

  it.each([
    'AT+LMQTTCONN=0,"id"',
    'AT+LMQTTCONN=0,"id","user"',
    'AT+LMQTTCONN=0,"id","user": no result within 40000 ms',
    'the module restarted during AT+LMQTTCONN=0,"id": it sent "^boot.rom"',
    'AT+LMQTTCONN=0,"id"\\r\\n',
    'AT+LMQTTCONN?',
    '+LMQTTCONN: 0,0,4',
    'AT+LMQTTCFG="aliauth",0',
    'AT+LMQTTCFG="will",0,1,1,0,"t/x","off"',
    'AT+LMQTTPUB=0,7,1,0,"t",36,"{"imei":"861326070275653","rssi":27}"',
    'AT+LMQTTSUBUNSUB=0,0,3,"a/+",1,"b/#",0',
    'deviceSecret is ***, but must be 1–64 printable ASCII characters, no space, no "',
    '+LMQTTURC: RECV,0,1,"/ext/ntp/pk/dn/response",19,{"deviceSendTime":"1"}',
    'AT+CPIN?',
    'AT+CPIN?;+CSQ',
    '+CPIN: READY',
    '+CPIN: SIM PIN',
    'AT+CPIN?: no final result code within 5000 ms',
    '+CLCK: 0,7',
    'AT+CLCC',
    'AT+CGAUTH?',
    '+CGAUTH: (1-11),(0-3),(64),(64)',
    '+COPS: (2,"CHINA MOBILE","CMCC","46000",7),(1,"CHN-UNICOM","UNICOM","46001",7)',
    '+CGDCONT: 1,"IP","cmnet","10.0.0.1",0,0',
    'AT+CPSMS=1,"","","00100100","00000001"',
    '+QENG: "servingcell","NOCONN","LTE","FDD",460,01',
    'AT+QMTCONN?',
    'AT+LMQTTCONN was refused',
    'there is no command .conect; did you mean .connect?',
    'I am .connected: yes',
    '温度 “20 °C”，湿度 ‘40 %’',
    'OK',
    '',
  ])('leaves %j alone', (text) => {
    expect(maskSecrets(text)).toBe(text);
  });
});

describe('errors', () => {
  it('mask the message, the command line and the lines received', () => {
    const error = new ModemError('BAD_RESPONSE', `not understood: ${CONNECT}`, {
      command: CONNECT,
      lines: [CONNECT, ALIYUN, 'OK'],
    });
    expect(error.message).toBe('not understood: AT+LMQTTCONN=0,"id","user","***"');
    expect(error.command).toBe('AT+LMQTTCONN=0,"id","user","***"');
    expect(error.lines).toEqual([
      'AT+LMQTTCONN=0,"id","user","***"',
      'AT+LMQTTCFG="aliauth",0,"pk","dn","***"',
      'OK',
    ]);
    expect(`${error.stack}`).not.toContain('hunter2');
  });

  it('still say what happened behind a masked line', () => {
    expect(new TimeoutError('result', 40_000, { command: CONNECT }).message).toBe(
      'AT+LMQTTCONN=0,"id","user","***": no result within 40000 ms',
    );
  });
});
