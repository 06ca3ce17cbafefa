import { describe, expect, test } from 'vitest';
import { nextMessage, useFixture } from './fixture.js';
import { line, OK } from './raw-te.js';

const fixture = useFixture();

const NAME = line('Lierda') + line('NT26-KCN') + line('NT26KCNA00NNA');

describe('what any module answers', () => {
  test.each([
    ['ATI', NAME + OK],
    ['ATI0', NAME + OK],
    ['ATZ', OK],
    ['ATZ0', OK],
    ['AT&F', OK],
    ['AT&F0', OK],
    ['ATV1', OK],
    ['ATQ0', OK],
    ['ATX4', OK],
    ['ATH', OK],
    ['AT&C1', OK],
    ['AT&D2', OK],
    ['ATS0=0', OK],
    ['ATS0?', line('000') + OK],
    ['AT+CFUN?', line('+CFUN: 1') + OK],
    ['AT+COPS?', line('+COPS: 0,2,"46000",7') + OK],
    ['AT+CREG?', line('+CREG: 0,1') + OK],
    ['AT+CGDCONT?', line('+CGDCONT: 1,"IP","cmnet","",0,0') + OK],
    ['AT+GCAP', line('+GCAP: +CGSM') + OK],
    ['AT+GMI', line('Lierda') + OK],
    ['AT+GMM', line('NT26-KCN') + OK],
    ['AT+GMR', line('NT26KCNA00NNA') + OK],
    ['AT+GSN', line('861326070275653') + OK],
    ['AT+CGSN=0', line('861326070275653') + OK],
    ['AT+CGSN=1', line('+CGSN: "861326070275653"') + OK],
  ])('%s', async (command, answer) => {
    const { te } = await fixture().module();
    await te.ask(command, answer);
    await te.ask(command.toLowerCase(), answer);
  });

  test.each(['ATV0', 'ATQ1', 'ATX5', 'AT&F1', 'AT&Z', 'ATS7=1', 'ATS0=256', 'ATI9', 'AT+CFUN=7'])(
    '%s is an ERROR',
    async (command) => {
      const { te } = await fixture().module();
      await te.ask(command, line('ERROR'));
    },
  );

  // As the firmware of the EC616, a chip of the same family, has them in its source, but for the reset of `+CFUN`, which
  // its first releases lack, and `+CGSN`.
  test.each([
    ['AT+CMEE=?', '+CMEE: (0-2)'],
    ['AT+CFUN=?', '+CFUN: (0,1,4),(0,1)'],
    ['AT+CSQ=?', '+CSQ: (0-31,99),(0-7,99)'],
    ['AT+CESQ=?', '+CESQ: (99),(99),(255),(255),(0-34,255),(0-97,255)'],
    // TS 27.007.
    ['AT+CEREG=?', '+CEREG: (0-2)'],
    ['AT+CREG=?', '+CREG: (0-2)'],
    ['AT+CGATT=?', '+CGATT: (0,1)'],
    ['AT+CGSN=?', '+CGSN: (0,1)'],
    ['AT+CGDCONT=?', '+CGDCONT: (1),"IP",,,(0),(0)'],
    ['AT+CGPADDR=?', '+CGPADDR: (1)'],
    // V.250 6.2.10.
    ['AT+IPR=?', '+IPR: (),(0,300,1200,2400,4800,9600,19200,38400,57600,115200,230400,460800,921600)'],
  ])('%s tells the values', async (command, answer) => {
    const { te } = await fixture().module();
    await te.ask(command, line(answer) + OK);
    await te.ask(command.toLowerCase(), line(answer) + OK);
  });

  test.each([
    '+CGMI',
    '+GMM',
    '+CIMI',
    '+CCLK',
    '+CPIN',
    '+CLAC',
    '+GCAP',
    '+LCCID',
    '+LMQTTCFG',
    '+LMQTTPUB',
  ])('AT%s=? is OK alone', async (name) => {
    const { te } = await fixture().module({ network: { sim: 'absent' } });
    await te.ask(`AT${name}=?`, OK);
  });

  test('the test of a command that the module lacks is an ERROR', async () => {
    const { te } = await fixture().module();
    await te.ask('AT+CMGF=?', line('ERROR'));
    await te.ask('AT+CSQ=?;+NOSUCH=?', line('+CSQ: (0-31,99),(0-7,99)') + line('ERROR'));
    await te.ask('ATZ=?', line('ERROR'));
  });

  test('what AT+CLAC lists can be tested', async () => {
    const { te } = await fixture().module();
    te.write('AT+CLAC\r');
    const [list] = await te.match(/^[\s\S]*\r\nOK\r\n$/);
    for (const name of list.split('\r\n').filter((text) => text.startsWith('AT+'))) {
      te.write(`${name}=?\r`);
      await te.match(/^(?:\r\n\+[A-Z]+: .*\r\n)?\r\nOK\r\n$/);
    }
  });

  test('AT+CLAC lists what is answered', async () => {
    const { te } = await fixture().module();
    te.write('AT+CLAC\r');
    const [list] = await te.match(/^[\s\S]*\r\nOK\r\n$/);
    const names = list.split('\r\n').filter((text) => /^AT./.test(text));
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(
      expect.arrayContaining(['ATE', 'ATI', 'ATS', 'AT&F', 'AT+CSQ', 'AT+CLAC', 'AT+LMQTTPUB']),
    );
  });

  test('the network, as it is', async () => {
    const { modem, te } = await fixture().module({ network: { registration: 2, apn: 'm2m.example' } });
    await te.ask('AT+COPS?', line('+COPS: 0') + OK);
    await te.ask('AT+CGDCONT?', line('+CGDCONT: 1,"IP","m2m.example","",0,0') + OK);
    await te.ask('AT+CREG=2;+CEREG=1', OK);
    modem.setNetwork({ registration: 5, tac: 0x25d5, cell: 1 });
    await te.expect(line('+CEREG: 5') + line('+CREG: 5,"25D5","00000001",7'));
    await te.ask('AT+CREG?', line('+CREG: 2,5,"25D5","00000001",7') + OK);
    await te.ask('AT+CFUN=4', OK + line('+CEREG: 0') + line('+CREG: 0'));
    await te.ask('AT+CFUN?', line('+CFUN: 4') + OK);
  });

  test('the operator, by name and by numbers', async () => {
    const { modem, te } = await fixture().module({ network: { operator: 'Example Telecom' } });
    await te.ask('AT+COPS=?', line('+COPS: (2,"Example Telecom","Example ","46000",7),,(0,3),(0-2)') + OK);
    await te.ask('AT+COPS=3,0', OK);
    await te.ask('AT+COPS?', line('+COPS: 0,0,"Example Telecom",7') + OK);
    await te.ask('AT+COPS=3,1;+COPS?', line('+COPS: 0,1,"Example ",7') + OK);
    await te.ask('AT+COPS=0', OK);
    await te.ask('AT&F;+COPS?', line('+COPS: 0,2,"46000",7') + OK);
    modem.setNetwork({ registration: 3 });
    await te.ask('AT+COPS=?', line('+COPS: (3,"Example Telecom","Example ","46000",7),,(0,3),(0-2)') + OK);
    await te.ask('AT+CFUN=4', OK);
    await te.ask('AT+COPS=?', line('+COPS: ,,(0,3),(0-2)') + OK);
    await te.ask('AT+COPS=2', line('ERROR'));
  });

  test.each(['ATZ', 'AT&F'])('%s brings back the settings, but not the radio', async (command) => {
    const { te } = await fixture().module({ echo: true });
    te.write('ATE0\r');
    await te.expect(`ATE0\r${OK}`);
    await te.ask('AT+CMEE=2;+CREG=1;+CEREG=2;S0=3', OK);
    await te.ask('AT+CFUN=0', OK + line('+CEREG: 0') + line('+CREG: 0'));
    await te.ask(command, OK);
    te.write('AT+CMEE?;+CREG?;+CEREG?;+CFUN?;S0?\r');
    const answers = ['+CMEE: 1', '+CREG: 0,0', '+CEREG: 0,0', '+CFUN: 0', '000'].map(line).join('');
    await te.expect(`AT+CMEE?;+CREG?;+CEREG?;+CFUN?;S0?\r${answers}${OK}`);
  });
});

describe('several commands in one line', () => {
  test.each([
    ['ATE0V1', OK],
    ['ATQ0 V1 E0 S0=0', OK],
    ['ATQ0V1E0S0=0&C1&D2+CMEE=1;+CREG=2', OK],
    ['AT E0 V1', OK],
    ['AT+CMEE=1;+CREG=2;', OK],
    ['AT+CMEE=1; +CREG=2', OK],
    ['at+cmee=1;+creg=2;e0v1', OK],
    ['AT+GMM;+CSQ', line('NT26-KCN') + line('+CSQ: 27,99') + OK],
    ['ATI+CSQ', NAME + line('+CSQ: 27,99') + OK],
    ['AT+CMEE=2;+CMEE?', line('+CMEE: 2') + OK],
    ['AT+LMQTTCFG="will",0,1,0,0,"t","a;+CMEE=0;b";+CMEE?', line('+CMEE: 1') + OK],
  ])('%s', async (command, answer) => {
    const { te } = await fixture().module();
    await te.ask(command, answer);
  });

  test('are done as far as the first that fails', async () => {
    const { te } = await fixture().module({ network: { sim: 'absent' } });
    await te.ask('AT+CSQ;+NOSUCH;+CMEE=0', line('+CSQ: 27,99') + line('ERROR'));
    await te.ask('AT+CMEE=2;+CIMI;+CMEE=0', line('+CME ERROR: SIM not inserted'));
    await te.ask('AT+CMEE?', line('+CMEE: 2') + OK);
  });

  test('report their results behind the OK for all', async () => {
    const { te } = await fixture().module();
    await te.ask(
      'AT+CMEE=1;+LMQTTOPEN=0,"mqtt.example.net",1883;+CSQ',
      line('+CSQ: 27,99') + OK + line('+LMQTTOPEN: 0,0'),
    );
  });

  test('prompt for a payload where it is due', async () => {
    const far = await fixture().farSide();
    await far.subscribeAsync('t');
    const { te } = await fixture().connected();
    const next = nextMessage(far);
    await te.ask('AT+GMM;+LMQTTPUB=0,1,1,0,"t",3;+CSQ', '\r\n> ');
    te.write('a;b');
    await te.expect(line('NT26-KCN') + line('+CSQ: 27,99') + OK + line('+LMQTTPUB: 0,1,0'));
    expect((await next).payload.toString()).toBe('a;b');
  });

  test('do not end in a payload that is counted', async () => {
    const far = await fixture().farSide();
    await far.subscribeAsync('t');
    const { te } = await fixture().connected();
    const next = nextMessage(far);
    await te.ask(
      'AT+LMQTTPUB=0,1,1,0,"t",10,"x";+CFUN=0";+CFUN?',
      line('+CFUN: 1') + OK + line('+LMQTTPUB: 0,1,0'),
    );
    expect((await next).payload.toString()).toBe('x";+CFUN=0');
    await te.ask('AT+LMQTTPUB=0,1,1,0,"t",9,"x";+CFUN=0', line('ERROR'));
    await te.ask('AT+CFUN?', line('+CFUN: 1') + OK);
  });

  test('may have LF in front, and behind the CR', async () => {
    const { te } = await fixture().module();
    te.write('\nAT\r\n\n\nate0v1\r\n');
    await te.expect(OK + OK);
  });
});

describe('an inline payload with the right length', () => {
  test.each([
    ['TAB', 'a\tb'],
    ['LF', '\nab'],
    ['NUL', 'a\0b'],
    ['CR', 'a\rb'],
    ['CR LF', '\r\nOK\r\n'],
    ['a quote and CR', 'a"\rAT+CFUN=0\r"'],
    ['DEL and bytes above 0x7f', '\x7f\xff\x80'],
  ])('may hold %s', async (_name, payload) => {
    const far = await fixture().farSide();
    await far.subscribeAsync('t');
    const { te } = await fixture().connected();
    const next = nextMessage(far);
    await te.ask(`AT+LMQTTPUB=0,1,1,0,"t",${payload.length},"${payload}"`, OK + line('+LMQTTPUB: 0,1,0'));
    expect((await next).payload).toEqual(Buffer.from(payload, 'latin1'));
    await te.ask('AT+CFUN?', line('+CFUN: 1') + OK);
  });

  test('may come byte by byte', async () => {
    const far = await fixture().farSide();
    await far.subscribeAsync('t');
    const { te } = await fixture().connected();
    const next = nextMessage(far);
    for (const char of 'AT+LMQTTPUB=0,1,1,0,"t",4,"\r\r"\r"\r') te.write(char);
    await te.expect(OK + line('+LMQTTPUB: 0,1,0'));
    expect((await next).payload.toString()).toBe('\r\r"\r');
    await te.ask('AT', OK);
  });
});

describe('an inline payload with a wrong length', () => {
  test.each([
    ['too small', '"t",2,"abc"'],
    ['one too large', '"t",4,"abc"'],
    ['too small, with a CR', '"t",1,"a\rb"'],
  ])('%s is an ERROR', async (_name, rest) => {
    const { te } = await fixture().connected();
    await te.ask(`AT+LMQTTPUB=0,1,1,0,${rest}`, line('ERROR'));
    await te.ask('AT', OK);
  });

  test('is an ERROR when the bytes that it counts do not come, and what came is not lost', async () => {
    const { te } = await fixture().connected();
    await te.ask('AT+LMQTTPUB=0,1,1,0,"t",200,"abc"', line('ERROR'));
    te.write('AT+LMQTTPUB=0,1,1,0,"t",20,"abc"\r\nAT+CSQ\r\nAT\r\n');
    await te.expect(line('ERROR') + line('+CSQ: 27,99') + OK + OK);
  });
});
