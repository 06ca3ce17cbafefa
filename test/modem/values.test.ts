import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openModem } from '../../src/dialects/open-modem.js';
import type { Modem } from '../../src/modem/modem.js';
import { OK, ok, ScriptedModule } from './scripted-module.js';

let module: ScriptedModule;
let modem: Modem;

beforeEach(async () => {
  module = new ScriptedModule();
  modem = await openModem(module.source);
  module.take();
});

afterEach(() => modem.close());

function script(table: Readonly<Record<string, string>>): void {
  for (const [line, answer] of Object.entries(table)) module.answers.set(line, answer);
}

describe('identity', () => {
  test('everything told', async () => {
    script({
      'AT+CGMI': ok('Lierda'),
      'AT+CGMM': ok('NT26-KCN'),
      'AT+CGMR': ok('NT26KCNA00NNA'),
      'AT+LGMR': ok('NT26KCNA00NNA-L01'),
      'AT+CGSN=1': ok('+CGSN: "861326070275653"'),
      'AT+CIMI': ok('460042370501234'),
      'AT+LCCID': ok('+LCCID: 89860425102170123456'),
    });
    expect(await modem.identity()).toEqual({
      manufacturer: 'Lierda',
      model: 'NT26-KCN',
      revision: 'NT26KCNA00NNA',
      firmware: 'NT26KCNA00NNA-L01',
      imei: '861326070275653',
      imsi: '460042370501234',
      iccid: '89860425102170123456',
    });
  });

  test('no SIM, and only the oldest form of the IMEI', async () => {
    script({
      'AT+LGMR': ok('NT26KCNA00NNA-L01'),
      'AT+CGSN': ok('861326070275653'),
      'AT+CIMI': '\r\n+CME ERROR: 10\r\n',
    });
    expect(await modem.identity()).toEqual({
      manufacturer: '',
      model: '',
      revision: 'NT26KCNA00NNA-L01',
      firmware: 'NT26KCNA00NNA-L01',
      imei: '861326070275653',
      problems: {
        manufacturer: 'AT+CGMI: the module answered ERROR',
        model: 'AT+CGMM: the module answered ERROR',
        imsi: 'AT+CIMI: the module answered +CME ERROR: 10 (SIM not inserted)',
        iccid: 'AT+LCCID: the module answered ERROR',
      },
    });
  });

  test('the IMEI alone, in either form', async () => {
    script({ 'AT+CGSN=1': ok('+CGSN: 861326070275653') });
    expect(await modem.imei()).toBe('861326070275653');
    script({ 'AT+CGSN=1': '\r\nERROR\r\n', 'AT+CGSN': ok('861326070275646') });
    expect(await modem.imei()).toBe('861326070275646');
    script({ 'AT+CGSN': ok('86132607027564') });
    await expect(modem.imei()).rejects.toMatchObject({ code: 'BAD_RESPONSE', command: 'AT+CGSN' });
  });

  test('what cannot be read hides nothing else, and says why', async () => {
    script({ 'AT+CGMM': ok('NT26-KCN'), 'AT+CGSN=1': ok('+CGSN: ""'), 'AT+CGSN': ok('') });
    expect(await modem.identity()).toEqual({
      manufacturer: '',
      model: 'NT26-KCN',
      revision: '',
      problems: {
        manufacturer: 'AT+CGMI: the module answered ERROR',
        firmware: 'AT+LGMR: the module answered ERROR',
        revision: 'AT+CGMR: the module answered ERROR',
        imei: 'AT+CGSN: the module answered something that is not understood',
        imsi: 'AT+CIMI: the module answered ERROR',
        iccid: 'AT+LCCID: the module answered ERROR',
      },
    });
  });

  test('the name of the maker is no restart, and a URC no part of it', async () => {
    const reboots: string[] = [];
    modem.on('reboot', (marker) => reboots.push(marker));
    script({
      'AT+CGMI': `\r\n^MODE: 17,17\r\n\r\nLierda\r\n\r\n+CGEV: ME PDN ACT 1\r\n${OK}`,
      'AT+CGSN': ok('861326070275653'),
    });
    expect(await modem.identity()).toMatchObject({ manufacturer: 'Lierda' });
    expect(reboots).toEqual([]);
  });
});

describe('sim', () => {
  test.each<readonly [string, unknown]>([
    [ok('+CPIN: READY'), { state: 'ready', raw: 'READY' }],
    [ok('+CPIN: SIM PIN'), { state: 'pin', raw: 'SIM PIN' }],
    ['\r\n+CME ERROR: 10\r\n', { state: 'absent', raw: '+CME ERROR: 10' }],
    ['\r\n+CME ERROR: 11\r\n', { state: 'pin', raw: '+CME ERROR: 11' }],
    ['\r\n+CME ERROR: 14\r\n', { state: 'busy', raw: '+CME ERROR: 14' }],
    ...(
      [
        ['+CME ERROR: SIM not inserted', 'absent'],
        ['+CME ERROR: SIM PIN required', 'pin'],
        ['+CME ERROR: sim puk required', 'puk'],
        ['+CME ERROR: SIM busy', 'busy'],
        ['+CME ERROR: SIM PIN2 required', 'ready'],
        ['+CME ERROR: PH-SIM PIN required', 'locked'],
        ['+CME ERROR: Network personalisation PIN required', 'locked'],
        ['+CME ERROR: PH-CORP PIN needed', 'locked'],
        ['+CMS ERROR: 311', 'pin'],
        ['+CMS ERROR: SIM not inserted', 'absent'],
        ['ERROR', 'failed'],
      ] as const
    ).map(([raw, state]) => [`\r\n${raw}\r\n`, { state, raw }] as const),
    [ok('+CPIN: sim puk'), { state: 'puk', raw: 'sim puk' }],
    [ok('+CPIN: PH-NET PIN'), { state: 'locked', raw: 'PH-NET PIN' }],
    [ok('+CPIN: NOT INSERTED'), { state: 'absent', raw: 'NOT INSERTED' }],
    ['\r\nERROR\r\n', { state: 'failed', raw: 'ERROR' }],
  ])('%j', async (answer, status) => {
    script({ 'AT+CPIN?': answer });
    expect(await modem.sim()).toEqual(status);
  });
});

describe('signal', () => {
  test('strength alone, when the module knows no more', async () => {
    expect(await modem.signal()).toEqual({ rssi: -59, rsrp: undefined, rsrq: undefined, quality: 'good' });
    expect(module.received).toEqual(['AT+CSQ', 'AT+CESQ']);
  });

  test('LTE values and SINR', async () => {
    script({
      'AT+CESQ': ok('+CESQ: 99,99,255,255,21,40'),
      'AT+LCELL?': ok(
        '+LCELL: "neighbourcell","LTE",460,00,25D5,0A1B2C3E,7,40,38400,-101,-9,3',
        '+LCELL: "servingcell","LTE",460,00,25D5,0A1B2C3D,123,40,38400,-88,-9,14',
      ),
    });
    expect(await modem.signal({ sinr: true })).toEqual({
      rssi: -59,
      rsrp: -101,
      rsrq: -9.5,
      sinr: 14,
      quality: 'poor',
    });
    expect(await modem.cells()).toMatchObject([{ kind: 'neighbour' }, { kind: 'serving', tac: 0x25d5 }]);
  });

  test.each([
    ['+CSQ without its second field', ok('+CSQ: 99'), undefined],
    ['+CSQ that is not understood', ok('+CSQ: strong'), undefined],
    ['+CSQ refused', '\r\n+CME ERROR: 4\r\n', undefined],
  ])('%s does not hide the RSRP', async (_name, csq, rssi) => {
    script({ 'AT+CSQ': csq, 'AT+CESQ': ok('+CESQ: 99,99,255,255,21,60') });
    expect(await modem.signal()).toEqual({ rssi, rsrp: -81, rsrq: -9.5, quality: 'good' });
  });

  test('rejects when there is neither', async () => {
    script({ 'AT+CSQ': '\r\nERROR\r\n' });
    await expect(modem.signal()).rejects.toMatchObject({ code: 'COMMAND_FAILED', command: 'AT+CSQ' });
  });

  test('nothing measured', async () => {
    script({ 'AT+CSQ': ok('+CSQ: 99,99'), 'AT+CESQ': ok('+CESQ: 99,99,255,255,255,255') });
    expect(await modem.signal()).toEqual({
      rssi: undefined,
      rsrp: undefined,
      rsrq: undefined,
      quality: 'none',
    });
  });
});

test('address', async () => {
  script({ 'AT+CGPADDR': ok('+CGPADDR: 1,"0.0.0.0"', '+CGPADDR: 2,"10.21.7.5"') });
  expect(await modem.address()).toBe('10.21.7.5');
  script({ 'AT+CGPADDR': ok('+CGPADDR: 1') });
  expect(await modem.address()).toBeUndefined();
});

test('clock and attachment', async () => {
  script({ 'AT+CCLK?': ok('+CCLK: "26/11/20,19:05:09+32"'), 'AT+CGATT?': ok('+CGATT: 1') });
  expect(await modem.clock()).toEqual(new Date('2026-11-20T11:05:09Z'));
  expect(await modem.attached()).toBe(true);
  script({ 'AT+CCLK?': ok('+CCLK: "70/01/01,00:00:12+00"'), 'AT+CGATT?': ok('+CGATT: 0') });
  expect(await modem.clock()).toBeUndefined();
  expect(await modem.attached()).toBe(false);
});

test('an answer that is not understood fails with what came', async () => {
  script({ 'AT+CCLK?': ok('+CCLK: soon') });
  await expect(modem.clock()).rejects.toMatchObject({ code: 'BAD_RESPONSE', command: 'AT+CCLK?' });
});

test('radio', async () => {
  script({ 'AT+CFUN=0': OK, 'AT+CFUN=1': OK });
  await modem.radio(false);
  await modem.radio(true);
  expect(module.received).toEqual(['AT+CFUN=0', 'AT+CFUN=1']);
});

test('raw command lines', async () => {
  script({ 'AT+FOO?': ok('+FOO: 1', 'bar') });
  expect(await modem.send('AT+FOO?')).toEqual({ lines: ['+FOO: 1', 'bar'], final: 'OK' });
});
