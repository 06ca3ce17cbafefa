import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { portGivenTwice, portKey } from '../../../src/provisioning/station/port-key.js';

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
    expect(portGivenTwice([join(folder, 'ttyUSB0'), join(folder, 'usb-Prolific')])).toMatch(/usb-Prolific$/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it("ports within a process are nobody else's", () => {
  expect(portKey('memory:a')).toBeUndefined();
  expect(portGivenTwice(['sim:', 'memory:a', 'sim:'])).toBe('sim:');
});
