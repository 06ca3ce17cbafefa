import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  parsePort,
  portGivenTwice,
  portKey,
  portName,
  portsFault,
  portText,
} from '../../../src/provisioning/station/station-port.js';

const faultOf = (...ports: readonly string[]) => portsFault(ports.map(parsePort));

describe('a port of a station', () => {
  it.each([
    ['slot1=/dev/ttyUSB0', 'slot1', '/dev/ttyUSB0'],
    ['slot1=COM3', 'slot1', 'COM3'],
    ['slot1=\\\\.\\COM10', 'slot1', '\\\\.\\COM10'],
    ['a=/dev/b=c', 'a', '/dev/b=c'],
    ['Line-1.slot_02=tcp://h:1?x=1', 'Line-1.slot_02', 'tcp://h:1?x=1'],
    ['7=serial:///dev/ttyUSB0?baudRate=9600', '7', 'serial:///dev/ttyUSB0?baudRate=9600'],
    ['\u5de5\u4f4d1=/dev/ttyUSB0', '\u5de5\u4f4d1', '/dev/ttyUSB0'],
  ])('%s has a name', (text, slot, port) => {
    expect(parsePort(text)).toEqual({ slot, port });
    expect(faultOf(text)).toBeUndefined();
    expect(portName(parsePort(text))).toBe(slot);
    expect(portText(parsePort(text))).toBe(text);
  });

  it.each([
    '/dev/ttyUSB0',
    '/dev/a=b',
    './a=b',
    '../a=b',
    'C:\\a=b',
    '\\\\.\\a=b',
    'tcp://h:1?x=1',
    'memory:a=b',
    'sim:?imei=1',
    'COM3?baudRate=9600',
    'COM3',
  ])('%s has none', (text) => {
    expect(parsePort(text)).toEqual({ port: text });
    expect(faultOf(text)).toBeUndefined();
    expect(portName(parsePort(text))).toBe(text);
    expect(portText(parsePort(text))).toBe(text);
  });

  it.each([
    [
      '=/dev/x',
      '"=/dev/x" has no slot name before the =: write one, as in slot1=/dev/ttyUSB0, or leave the = out',
    ],
    ['slot1=', 'slot "slot1" has no port: give slot1=<port>, e.g. slot1=/dev/ttyUSB0'],
    ['slot1=slot2=/dev/x', 'slot "slot1" has no port: "slot2=/dev/x" begins with another slot name'],
    ['slot 1=/dev/x', 'the slot name "slot 1" is not valid: begin with a letter or a digit,'],
    ['-a=/dev/x', 'the slot name "-a" is not valid'],
    ['a\x1b[31m=/dev/x', 'the slot name "a?[31m" is not valid'],
    ['a\u202eb=/dev/x', 'the slot name "a?b" is not valid'],
    ['a\n=/dev/x', 'the slot name "a?" is not valid'],
    [
      `${'a'.repeat(21)}=/dev/x`,
      `the slot name "${'a'.repeat(21)}" is too long: give one of at most 20 columns`,
    ],
    [`${'\u5de5'.repeat(11)}=/dev/x`, 'is too long'],
  ])('%j is refused', (text, fault) => {
    expect(faultOf(text)?.slice(0, fault.length) === fault || faultOf(text)?.includes(fault)).toBe(true);
    // Wherever it stands.
    expect(faultOf('COM1', text)).toBe(faultOf(text));
  });

  it('takes names of 20 columns, and each name once, however it is encoded', () => {
    expect(faultOf(`${'a'.repeat(20)}=/dev/x`, `${'\u5de5'.repeat(10)}=/dev/y`)).toBeUndefined();
    expect(faultOf('a=/dev/x', 'b=/dev/y', 'a=/dev/z')).toBe(
      'the slot name "a" is given twice: for /dev/x and /dev/z',
    );
    expect(faultOf('\u00e9=/dev/x', 'e\u0301=/dev/y')).toMatch(/is given twice/);
    expect(faultOf('COM3=COM4', 'COM3')).toBe(
      'the slot name "COM3" is another port of this station: give COM4 another name',
    );
  });

  it('is one port under whatever names', () => {
    const folder = mkdtempSync(join(tmpdir(), 'atmqtt-'));
    try {
      const [device, link] = [join(folder, 'ttyUSB0'), join(folder, 'usb=Prolific')];
      writeFileSync(device, '');
      symlinkSync('ttyUSB0', link);
      expect(faultOf(`a=${device}`, `b=${link}`)).toBe(
        `the port ${JSON.stringify(link)} is given twice, as a and b`,
      );
      expect(faultOf(device, `b=${link}`)).toBe(
        `the port ${JSON.stringify(link)} is given twice, as ${device} and b`,
      );
      expect(faultOf(device, link)).toBe(`the port ${JSON.stringify(link)} is given twice`);
    } finally {
      rmSync(folder, { recursive: true });
    }
    expect(faultOf('a=tcp://127.0.0.1:4001', 'b=rfc2217://localhost:4001?baudRate=9600')).toMatch(
      /, as a and b$/,
    );
  });
});

describe('the key of a port', () => {
  it.each([
    ['tcp://127.0.0.1:4001', 'tcp://localhost:4001'],
    ['tcp://LOCALHOST:4001', 'telnet://[::1]:4001'],
    ['tcp://Server:4001', 'rfc2217://server:4001?baudRate=9600'],
    ['/dev/ttyUSB97', 'serial:///dev/ttyUSB97?baudRate=9600'],
    ['COM3', 'serial:COM3'],
  ])('%s and %s are one port', (one, other) => {
    expect(portKey(one)).toBe(portKey(other));
    expect(portGivenTwice(['tcp://other:1', one, other])).toBe(other);
  });

  it.each([
    ['tcp://127.0.0.1:4001', 'tcp://127.0.0.1:4002'],
    ['tcp://a:4001', 'tcp://b:4001'],
    ['/dev/ttyUSB0', '/dev/ttyUSB1'],
  ])('%s and %s are two ports', (one, other) => {
    expect(portKey(one)).not.toBe(portKey(other));
    expect(portGivenTwice([one, other])).toBeUndefined();
  });

  it('a link and its device are one port', () => {
    const folder = mkdtempSync(join(tmpdir(), 'atmqtt-'));
    try {
      writeFileSync(join(folder, 'ttyUSB0'), '');
      symlinkSync('ttyUSB0', join(folder, 'usb-Prolific'));
      expect(portGivenTwice([join(folder, 'ttyUSB0'), join(folder, 'usb-Prolific')])).toMatch(
        /usb-Prolific$/,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("ports within a process are nobody else's", () => {
    expect(portKey('memory:a')).toBeUndefined();
    expect(portGivenTwice(['sim:', 'memory:a', 'sim:'])).toBe('sim:');
  });
});
