import { describe, expect, test } from 'vitest';
import { LMQTT_IDENTITY } from '../../src/dialects/lmqtt/identity.js';
import { BootReader } from '../../src/modem/boot-markers.js';

const BOOT = new BootReader(LMQTT_IDENTITY.boot);

describe('bootMarker', () => {
  test.each([
    "^boot.rom'v\x80!",
    "\x00\xff~^boot.rom'v\x80!",
    "+CSQ: 2^boot.rom'v1!",
    '\x80"\xfe^boot.rom\'v\x80!',
    'RDY',
    'ECRDY',
    'NORMAL POWER DOWN',
    '\xf8\x80NORMAL POWER DOWN',
  ])('%j is certain', (line) => expect(BOOT.marker(line)).toBe('certain'));

  test.each(['Lierda', 'Lierda NT26-KCN', '\x80Lierda'])('%j is likely: it can be an answer', (line) =>
    expect(BOOT.marker(line)).toBe('likely'),
  );

  test.each([
    'OK',
    '+CSQ: 27,99',
    'RDY ',
    '+X: RDY',
    'BIRDY',
    'lierda',
    '+CPIN: READY',
    '^MODE: 17,17',
    "^boot.ro'v",
    // Everybody who may publish can write what stands behind a quote.
    '+LMQTTURC: RECV,0,1,"t",NORMAL POWER DOWN',
    '+LMQTTURC: RECV,0,1,"Lierda/t",^boot.rom\'v1!',
    'AT+LMQTTPUB=0,1,0,0,"t",17,"NORMAL POWER DOWN"',
    '\x80AT+LMQTTPUB=0,1,0,0,"t",11,"^boot.rom\'v"',
  ])('%j is none', (line) => expect(BOOT.marker(line)).toBeUndefined());
});

test('only a power-down marker tells of a power-down', () => {
  expect(BOOT.isPowerDown('NORMAL POWER DOWN')).toBe(true);
  expect(BOOT.isPowerDown('\x80\x80NORMAL POWER DOWN')).toBe(true);
  expect(BOOT.isPowerDown("^boot.rom'v\x80!")).toBe(false);
  expect(BOOT.isPowerDown('Lierda')).toBe(false);
});
