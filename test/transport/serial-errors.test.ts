import { describe, expect, it } from 'vitest';
import { serialError } from '../../src/transport/serial-errors.js';

describe('serialError', () => {
  it.each([
    [
      'Error: No such file or directory, cannot open /dev/ttyUSB7',
      'PORT_NOT_FOUND',
      'is the device plugged in?',
    ],
    ['Opening COM7: File not found', 'PORT_NOT_FOUND', 'atmqtt ports'],
    ['Error: No such device or address, cannot open /dev/ttyS9', 'PORT_NOT_FOUND', 'there is no such port'],
    ['Error: Permission denied, cannot open /dev/ttyUSB0', 'PORT_NO_PERMISSION', 'dialout'],
    [
      'Error Resource temporarily unavailable Cannot lock port',
      'PORT_BUSY',
      'another process holds the port',
    ],
    [
      'Error: Device or resource busy, cannot open /dev/ttyUSB0',
      'PORT_BUSY',
      'another process holds the port',
    ],
    ['Opening COM3: Access denied', 'PORT_BUSY', 'another program holds the port'],
    ['EIO: i/o error, write', 'PORT_CLOSED', 'unplugged'],
    ['Port is not open', 'PORT_CLOSED', 'unplugged'],
    ['Error: Inappropriate ioctl for device', 'PORT_FAILED', 'not a serial port'],
    ['Error baud rate of 12345 is not supported on your platform', 'PORT_FAILED', 'baud rate of 12345'],
  ])('%s is %s', (text, code, words) => {
    const cause = new Error(text);
    const error = serialError('/dev/ttyX', cause);
    expect(error).toMatchObject({ name: 'ModemError', code, cause });
    expect(error.message).toMatch(/^\/dev\/ttyX: /);
    expect(error.message).toContain(words);
  });

  it('takes a disconnect for a loss whatever its text', () => {
    const cause = Object.assign(new Error('Reading from COM3: Access denied'), { disconnected: true });
    expect(serialError('COM3', cause)).toMatchObject({ code: 'PORT_CLOSED' });
  });
});
