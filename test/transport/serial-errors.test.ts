import { describe, expect, it } from 'vitest';
import { openingError, serialError, systemErrorName } from '../../src/transport/serial-errors.js';

describe('openingError', () => {
  it.each([
    // The texts of glibc, then those of musl and macOS where they differ.
    [
      'Error: No such file or directory, cannot open /dev/ttyUSB7',
      'PORT_NOT_FOUND',
      'is the device plugged in?',
    ],
    ['Opening COM7: File not found', 'PORT_NOT_FOUND', 'atmqtt ports'],
    ['Error: Not a directory, cannot open /dev/null/x', 'PORT_NOT_FOUND', 'there is no such port'],
    [
      'Error: Too many levels of symbolic links, cannot open /tmp/x',
      'PORT_NOT_FOUND',
      'there is no such port',
    ],
    ['Error: Symbolic link loop, cannot open /tmp/x', 'PORT_NOT_FOUND', 'there is no such port'],
    ['Error: File name too long, cannot open aaa', 'PORT_NOT_FOUND', 'there is no such port'],
    ['Error: No such device or address, cannot open /dev/ttyS9', 'PORT_NOT_FOUND', 'there is no such port'],
    ['Error: Device not configured, cannot open /dev/cu.x', 'PORT_NOT_FOUND', 'no device is behind it'],
    ['Error: No such device, cannot open /dev/ttyS9', 'PORT_NOT_FOUND', 'no device is behind it'],
    ['Error: Permission denied, cannot open /dev/ttyUSB0', 'PORT_NO_PERMISSION', 'dialout'],
    ['Error: Operation not permitted, cannot open /dev/ttyUSB0', 'PORT_NO_PERMISSION', 'docker run --device'],
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
    ['Error: Resource busy, cannot open /dev/cu.x', 'PORT_BUSY', 'another process holds the port'],
    ['Opening COM3: Access denied', 'PORT_BUSY', 'another program holds the port'],
    ['Error: Input/output error, cannot open /dev/ttyUSB0', 'PORT_FAILED', 'does not react'],
    ['Error: Input/output error setting custom baud rate of 115200', 'PORT_FAILED', 'a ttyS without a chip'],
    ['Error: I/O error, cannot open /dev/ttyUSB0', 'PORT_FAILED', 'does not react'],
    ['Opening COM3: Unknown error code 31', 'PORT_FAILED', 'does not react'],
    ['Error: Inappropriate ioctl for device', 'PORT_FAILED', 'not a serial port'],
    ['Error: Not a tty setting custom baud rate of 115200', 'PORT_FAILED', 'not a serial port'],
    [
      'Error: File descriptor in bad state setting custom baud rate of 115200',
      'PORT_FAILED',
      'not a serial port',
    ],
    ['Error: Is a directory, cannot open /dev', 'PORT_FAILED', 'not a serial port'],
    ['Error: Too many open files, cannot open /dev/ttyUSB0', 'PORT_FAILED', 'ulimit -n'],
    ['Error: No file descriptors available, cannot open /dev/ttyUSB0', 'PORT_FAILED', 'ulimit -n'],
    ['Error: Too many open files in system, cannot open /dev/ttyUSB0', 'PORT_FAILED', 'the system has'],
    ['Error: Invalid argument calling ioctl(.., IOSSIOSPEED, 7 )', 'PORT_FAILED', 'cannot do these settings'],
    ['Opening COM3: The parameter is incorrect', 'PORT_FAILED', 'cannot do these settings'],
    ['Error baud rate of 12345 is not supported on your platform', 'PORT_FAILED', 'baud rate of 12345'],
    ['Error: Something new, cannot open /tmp/permission denied', 'PORT_FAILED', 'Something new'],
  ])('%s is %s', (text, code, words) => {
    const cause = new Error(text);
    const error = openingError('/dev/ttyX', cause);
    expect(error).toMatchObject({ name: 'ModemError', code, cause });
    expect(error.message).toMatch(/^\/dev\/ttyX: /);
    expect(error.message).toContain(words);
  });
});

describe('serialError', () => {
  it.each([
    ['EIO: i/o error, write', 'PORT_CLOSED', 'unplugged'],
    ['ENXIO: no such device or address, read', 'PORT_CLOSED', 'unplugged'],
    ['ENODEV: no such device, read', 'PORT_CLOSED', 'unplugged'],
    ['Port is not open', 'PORT_CLOSED', 'unplugged'],
    ['Writing to COM port (WriteFileEx): Access denied', 'PORT_CLOSED', 'unplugged'],
    ['Reading from COM port (ReadIOCompletion): Operation aborted', 'PORT_CLOSED', 'unplugged'],
    ['Error: Inappropriate ioctl for device, cannot set', 'PORT_FAILED', 'not a serial port'],
    ['Error: Something new, cannot get', 'PORT_FAILED', 'Something new'],
  ])('%s is %s', (text, code, words) => {
    const cause = new Error(text);
    const error = serialError('/dev/ttyX', cause);
    expect(error).toMatchObject({ name: 'ModemError', code, cause });
    expect(error.message).toContain(words);
  });

  it('takes the code of an error of Node.js before its text', () => {
    expect(systemErrorName(Object.assign(new Error('no words'), { code: 'EIO' }))).toBe('EIO');
    expect(systemErrorName('EIO')).toBeUndefined();
  });

  it('takes a disconnect for a loss whatever its text', () => {
    const cause = Object.assign(new Error('Reading from COM3: Access denied'), { disconnected: true });
    expect(serialError('COM3', cause)).toMatchObject({ code: 'PORT_CLOSED' });
  });
});
