import { describe, expect, test } from 'vitest';
import { SerialInput } from '../../src/simulator/module/serial/serial-input.js';

function inputOf(...chunks: string[]): SerialInput {
  const input = new SerialInput();
  for (const chunk of chunks) input.push(Buffer.from(chunk, 'latin1'));
  return input;
}

describe('command lines', () => {
  test('end at CR; an LF behind it belongs to the end', () => {
    const input = inputOf('AT\r\nATE0\r\n');
    expect(input.takeLine()).toBe('AT');
    expect(input.takeLine()).toBe('ATE0');
    expect(input.takeLine()).toBeUndefined();
  });

  test('may end at CR alone', () => {
    const input = inputOf('AT\rATE0\r');
    expect(input.takeLine()).toBe('AT');
    expect(input.takeLine()).toBe('ATE0');
  });

  test('may come byte by byte', () => {
    const input = inputOf();
    const lines: string[] = [];
    for (const byte of 'AT\r\nAT+CSQ\r\nATE0\r') {
      input.push(Buffer.from(byte));
      const line = input.takeLine();
      if (line !== undefined) lines.push(line);
    }
    expect(lines).toEqual(['AT', 'AT+CSQ', 'ATE0']);
  });

  test('keep bytes above 0x7f', () => {
    expect(inputOf('AT\xff\x80\r').takeLine()).toBe('AT\xff\x80');
  });

  test('lose what is beyond 20 KiB', () => {
    const input = inputOf();
    for (let count = 0; count < 100; count += 1) {
      input.push(Buffer.alloc(1024, 'A'));
      input.takeLine();
    }
    input.push(Buffer.from('\rAT\r'));
    expect(input.takeLine()).toHaveLength(20 * 1024);
    expect(input.takeLine()).toBe('AT');
  });
});

describe('data mode', () => {
  test('takes the bytes once they are complete, any value', () => {
    const input = inputOf('AT+X\r\n');
    input.takeLine();
    input.push(Buffer.from('\x00\r\n'));
    expect(input.takeData(4)).toBeUndefined();
    input.push(Buffer.from('\xffAT\r', 'latin1'));
    expect(input.takeData(4)).toEqual(Buffer.from('\x00\r\n\xff', 'latin1'));
    expect(input.takeLine()).toBe('AT');
  });

  test('takes a leading LF as data from a TE that ends its lines with CR alone', () => {
    const input = inputOf('AT\r');
    input.takeLine();
    input.push(Buffer.from('AT+X\r'));
    expect(input.takeLine()).toBe('AT+X');
    input.push(Buffer.from('\nab'));
    expect(input.takeData(3)).toEqual(Buffer.from('\nab'));
  });

  test('takes an LF that came apart from its CR as line end from a TE that ends its lines with CR LF', () => {
    const input = inputOf('AT\r\n');
    input.takeLine();
    input.push(Buffer.from('AT+X\r'));
    expect(input.takeLine()).toBe('AT+X');
    input.push(Buffer.from('\n'));
    expect(input.takeData(2)).toBeUndefined();
    input.push(Buffer.from('\nb'));
    expect(input.takeData(2)).toEqual(Buffer.from('\nb'));
  });

  test('takes an LF behind the very first line as line end', () => {
    const input = inputOf('AT+X\r');
    input.takeLine();
    input.push(Buffer.from('\nab'));
    expect(input.takeData(2)).toEqual(Buffer.from('ab'));
  });
});
