import { describe, expect, test } from 'vitest';
import { delivered, play, useFixture } from './fixture.js';
import { line, OK } from './raw-te.js';

const fixture = useFixture();

describe('command lines', () => {
  test('are answered in any case', async () => {
    const { te } = await fixture().module();
    await te.ask('at+csq', line('+CSQ: 27,99') + OK);
    await te.ask('At', OK);
  });

  test('may end with CR alone', async () => {
    const { te } = await fixture().module();
    te.write('AT\r');
    await te.expect(OK);
    te.write('ATE1\r');
    await te.expect(OK);
    te.write('AT\r');
    await te.expect(`AT\r${OK}`);
  });

  test('are found behind garbage, and ignored without AT', async () => {
    const { te } = await fixture().module();
    te.write('\r\n\x1b\r\nhello\r\n\x00\xff\x1bAT\r\n');
    await te.expect(OK);
  });

  test('that are not known, or not in this form, are an ERROR whatever AT+CMEE says', async () => {
    const { te } = await fixture().module();
    await te.ask('AT+NOSUCH', line('ERROR'));
    await te.ask('AT+CSQ=1', line('ERROR'));
    await te.ask('ATZ9', line('ERROR'));
    await te.ask('AT+CMEE=2', OK);
    await te.ask('AT+NOSUCH', line('ERROR'));
  });

  test('wait while one runs, and are answered in order', async () => {
    const { te } = await fixture().module({ latency: { response: 5 } });
    te.write('AT+CSQ\r\nAT+NOSUCH\r\nAT+CGMI\r\n');
    await te.expect(line('+CSQ: 27,99') + OK + line('ERROR') + line('Lierda') + OK);
  });

  test('are told to the tests', async () => {
    const { modem, te } = await fixture().module();
    const lines: string[] = [];
    modem.on('command', (text) => lines.push(text));
    te.write('AT\r\nAT+CSQ\r');
    await te.expect(OK + line('+CSQ: 27,99') + OK);
    expect(lines).toEqual(['AT', 'AT+CSQ']);
  });
});

describe('AT+CMEE', () => {
  test.each([
    [0, 'ERROR'],
    [1, '+CME ERROR: 10'],
    [2, '+CME ERROR: SIM not inserted'],
  ])('%i', async (mode, final) => {
    const { te } = await fixture().module({ network: { sim: 'absent' } });
    await te.ask(`AT+CMEE=${mode}`, OK);
    await te.ask('AT+CMEE?', line(`+CMEE: ${mode}`) + OK);
    await te.ask('AT+CIMI', line(final));
  });
});

describe('the network', () => {
  test('is told as it is', async () => {
    const { te } = await fixture().module({
      network: { tac: 0x25d5, cell: 0x0a1b2c3d, rsrq: 21, address: '10.21.7.5' },
    });
    await te.ask('AT+CEREG=2', OK);
    await te.ask('AT+CEREG?', line('+CEREG: 2,1,"25D5","0A1B2C3D",7') + OK);
    await te.ask('AT+CGATT?', line('+CGATT: 1') + OK);
    await te.ask('AT+CESQ', line('+CESQ: 99,99,255,255,21,52') + OK);
    await te.ask('AT+CGPADDR', line('+CGPADDR: 1,"10.21.7.5"') + OK);
    await te.ask(
      'AT+LCELL?',
      line('+LCELL: "servingcell","LTE",460,00,25D5,0A1B2C3D,219,42,1650,-89,-9,12') + OK,
    );
  });

  test('tells of changes as AT+CEREG=<n> asks for', async () => {
    const { modem, te } = await fixture().module({ network: { registration: 2, tac: 0x25d5, cell: 1 } });
    modem.setNetwork({ registration: 1 });
    await te.ask('AT+CEREG?', line('+CEREG: 0,1') + OK);
    await te.ask('AT+CEREG=1', OK);
    modem.setNetwork({ registration: 3 });
    await te.expect(line('+CEREG: 3'));
    await te.ask('AT+CEREG=2', OK);
    modem.setNetwork({ registration: 5, rssi: 9 });
    await te.expect(line('+CEREG: 5,"25D5","00000001",7'));
    await te.ask('AT+CSQ', line('+CSQ: 9,99') + OK);
  });

  test('is gone without radio', async () => {
    const { te } = await fixture().module();
    await te.ask('AT+CEREG=1', OK);
    await te.ask('AT+CFUN=0', OK + line('+CEREG: 0'));
    await te.ask('AT+CSQ', line('+CSQ: 99,99') + OK);
    await te.ask('AT+CGATT?', line('+CGATT: 0') + OK);
    await te.ask('AT+CGPADDR', OK);
    await te.ask('AT+CFUN=1', OK + line('+CEREG: 1'));
  });

  test('a SIM that wants its PIN does not register', async () => {
    const { te } = await fixture().module({ network: { sim: 'pin' } });
    await te.ask('AT+CPIN?', line('+CPIN: SIM PIN') + OK);
    await te.ask('AT+CEREG?', line('+CEREG: 0,0') + OK);
  });

  test('tells the time', async () => {
    const { te } = await fixture().module();
    te.write('AT+CCLK?\r\n');
    await te.match(/^\r\n\+CCLK: "\d\d\/\d\d\/\d\d,\d\d:\d\d:\d\d\+32"\r\n\r\nOK\r\n$/);
  });

  test('refuses nonsense', async () => {
    const { modem } = await fixture().module();
    expect(() => modem.setNetwork({ registration: 9 })).toThrow('network.registration is 9, but');
    expect(modem.network.registration).toBe(1);
  });
});

describe('SIM slot', () => {
  test('can be selected', async () => {
    const { te } = await fixture().module();
    await te.ask('AT+LUIMSLOT?', line('+LUIMSLOT: 1') + OK);
    await te.ask('AT+LUIMSLOT=2', OK);
    await te.ask('AT+LUIMSLOT?', line('+LUIMSLOT: 2') + OK);
  });
});

describe('power', () => {
  test('a soft reset forgets everything but the radio level it was given', async () => {
    const { te } = await fixture().module({ echo: true });
    te.write('ATE0\r\n');
    await te.expect(`ATE0\r${OK}`);
    await te.ask('AT+CEREG=1', OK);
    te.write('AT+CFUN=0,1\r\n');
    await te.expect(`${OK}${line('NORMAL POWER DOWN')}^boot.rom'v\x80!\n`);
    te.write('AT+CEREG?\r\n');
    await te.expect(`AT+CEREG?\r${line('+CEREG: 0,0')}${OK}`);
  });

  test('modem-soft-reset from its first answer on', async () => {
    const { modem, te } = await fixture().module({ echo: true });
    te.write('AT+CFUN=0,1\r\n');
    await te.match(/!\n$/);
    te.write('AT\r\nAT+CSQ\r\nATE0\r\nAT+CFUN=1\r\n');
    await te.expect(`AT\r${OK}AT+CSQ\r${line('+CSQ: 99,99')}${OK}ATE0\r${OK}${OK}`);
    expect(modem.network.registration).toBe(1);
  });

  test('off is silent until it boots', async () => {
    const { modem, te } = await fixture().module();
    const off = new Promise<void>((resolve) => modem.once('poweredOff', resolve));
    await te.ask('AT+MPOF=1', OK + line('NORMAL POWER DOWN'));
    await off;
    te.write('AT+CSQ\r\n');
    await delivered();
    modem.reboot();
    te.write('AT+CGMM\r\n');
    await te.expect(`^boot.rom'v\x80!\n${line('NT26-KCN')}${OK}`);
  });

  test('while it boots it hears nothing', async () => {
    const { modem, te } = await fixture().module({ latency: { boot: 30 } });
    const booted = new Promise<void>((resolve) => modem.once('booted', resolve));
    modem.reboot();
    te.write('AT+CSQ\r\n');
    await booted;
    await te.expect("^boot.rom'v\x80!\n");
    await te.ask('AT', OK);
  });
});

test('the profile decides the identity', async () => {
  const { te } = await fixture().module({ profile: 'nt35e' });
  await te.ask('AT+CGMM', line('NT35E') + OK);
  await te.ask('AT+CGSN', line('861326070275653') + OK);
});

test('lines and bytes can be sent unasked', async () => {
  const { modem, te } = await fixture().module();
  modem.emitLine('+CGEV: ME PDN ACT 1');
  modem.emitBytes(Buffer.from([0, 255]));
  await te.expect(`${line('+CGEV: ME PDN ACT 1')}\x00\xff`);
});

test('link-lost, sent unasked', async () => {
  const { modem, te } = await fixture().module();
  modem.emitLine('+LMQTTURC: STATS,0,1');
  modem.emitLine('+LMQTTURC: STATS,0,15,5');
  modem.powerOff();
  modem.reboot();
  await play(te, 'link-lost');
});
