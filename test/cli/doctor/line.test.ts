import { describe, expect, it } from 'vitest';
import { type Answer, judgeAnswer, judgeEcho } from '../../../src/cli/doctor/line/answer.js';
import { otherRates } from '../../../src/cli/doctor/line/find-module.js';
import { serialUrlAt, targetOf } from '../../../src/cli/doctor/target.js';

const AT = 'AT\r\n';

describe('what AT is answered with', () => {
  it.each<[string, Answer]>([
    ['', 'silent'],
    ['\r\nOK\r\n', 'answered'],
    ['AT\r\r\nOK\r\n', 'answered'],
    ['\x80\xff\x00\r\nOK\r\n', 'answered'],
    ['\r\nERROR\r\n', 'answered'],
    ['\r\n+CME ERROR: 100\r\n', 'answered'],
    ['\nOK\n', 'answered'],
    ['AT\r\nOK\n', 'answered'],
    ['\rOK\r', 'answered'],
    ['\n+CME ERROR: SIM busy\n', 'answered'],
    ['\nOK', 'text'],
    ['\n> ', 'prompt'],
    ['LOOK\r\n', 'text'],
    ['AT\r\n', 'loopback'],
    ['AT\r\nAT\r\nAT', 'loopback'],
    ['AT', 'text'],
    ['\r\n> ', 'prompt'],
    ['0\r', 'numeric'],
    ['AT\r0\r', 'numeric'],
    ['\xf8\x86\xfe\x00', 'garbage'],
    ['$GNRMC,,V,,,,,,,,,,N*4D\r\n', 'positions'],
    ['\r\nraspberrypi login: ', 'login'],
    ['hello\r\n', 'text'],
  ])('%j is judged %s', (received, answer) => {
    expect(judgeAnswer(AT, received)).toBe(answer);
  });

  it.each([
    ['\r\nOK\r\n', 'off'],
    ['AT\r\r\nOK\r\n', 'on'],
    ['AT\r\r\nAT\r\r\nOK\r\n', 'on'],
    ['A\xff\r\r\nOK\r\n', 'garbled'],
    ['\r\n+CEREG: 1\r\n\r\nOK\r\n', 'off'],
    ['AT\r\r\n+CEREG: 1\r\n\r\nOK\r\n', 'on'],
    ['\nOK\n', 'off'],
    ['AT\r\rOK\r', 'on'],
  ])('%j shows the echo as %s', (received, echo) => {
    expect(judgeEcho(received)).toBe(echo);
  });
});

describe('the rate', () => {
  it('is tried in the order of what is usual, but not twice', () => {
    expect(otherRates(9_600)).toEqual([115_200, 57_600, 38_400, 19_200, 230_400, 460_800, 921_600]);
    expect(otherRates(2_400)).toHaveLength(8);
  });

  it.each([
    ['/dev/ttyUSB0', 'serial:///dev/ttyUSB0?baudRate=9600'],
    ['COM3', 'serial:COM3?baudRate=9600'],
    ['serial:///dev/a%20b?rtscts=true', 'serial:///dev/a%20b?baudRate=9600&rtscts=true'],
  ])('is given to %s as %s, which means the same port', (source, expected) => {
    const target = targetOf(source);
    if (target.kind !== 'device') throw new Error('no device');
    const url = serialUrlAt(target.settings, 9_600);
    expect(url).toBe(expected);
    expect(targetOf(url)).toMatchObject({
      kind: 'device',
      settings: { ...target.settings, baudRate: 9_600 },
    });
  });
});
