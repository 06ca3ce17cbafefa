import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeText,
  encodeText,
  informationParameters,
  informationText,
  integerOf,
  integersOf,
  splitParameters,
} from '../../src/at/parameters.js';

const plain = (text: string) => ({ quoted: false, text });
const quoted = (text: string) => ({ quoted: true, text });

describe('splitParameters', () => {
  it.each([
    ['', [undefined]],
    ['0', [plain('0')]],
    ['0,-1,4', [plain('0'), plain('-1'), plain('4')]],
    ['1,"10.0.0.1"', [plain('1'), quoted('10.0.0.1')]],
    ['"a,b","c"', [quoted('a,b'), quoted('c')]],
    ['""', [quoted('')]],
    ['"",""', [quoted(''), quoted('')]],
    ['1,,3', [plain('1'), undefined, plain('3')]],
    [',', [undefined, undefined]],
    ['1,', [plain('1'), undefined]],
    ['"a",', [quoted('a'), undefined]],
    [' 1 , 2 ', [plain('1'), plain('2')]],
    ['\xe6\xb8\xa9', [plain('\xe6\xb8\xa9')]],
  ])('%j', (list, parameters) => {
    expect(splitParameters(list)).toEqual(parameters);
  });

  it.each(['"', '"a', '"a"b', '"a" ,1', 'a"b"', '1,"a', '"a"b,c'])('%j is broken', (list) => {
    expect(splitParameters(list)).toBeUndefined();
  });

  it('splits what was joined', () => {
    const parameter = fc.oneof(
      fc.constant(undefined),
      fc.stringMatching(/^[!#-+\--~]+$/).map(plain),
      fc.stringMatching(/^[ !#-~]*$/).map(quoted),
    );
    fc.assert(
      fc.property(fc.array(parameter, { minLength: 1 }), (parameters) => {
        const parts = parameters.map((one) => (one?.quoted ? `"${one.text}"` : (one?.text ?? '')));
        expect(splitParameters(parts.join(','))).toEqual(parameters);
      }),
    );
  });
});

describe('information text', () => {
  it.each([
    ['+CSQ: 27,99', '27,99'],
    ['+CSQ:27,99', '27,99'],
    ['+CSQ:  27', ' 27'],
    ['+CSQ: ', ''],
    ['+CSQ:', ''],
  ])('%j', (line, text) => {
    expect(informationText(line, '+CSQ')).toBe(text);
  });

  it.each(['+CSQ', '+CSQX: 1', 'x+CSQ: 1', '+csq: 1', ''])('%j has another name', (line) => {
    expect(informationText(line, '+CSQ')).toBeUndefined();
    expect(informationParameters(line, '+CSQ')).toBeUndefined();
  });

  it('is split into parameters', () => {
    expect(informationParameters('+CEREG: 0,"1A2B"', '+CEREG')).toEqual([plain('0'), quoted('1A2B')]);
    expect(informationParameters('+CEREG: "1A2B', '+CEREG')).toBeUndefined();
  });
});

describe('whole numbers', () => {
  it.each([
    ['0', 0],
    ['-1', -1],
    ['065', 65],
    ['861326070275653', 861326070275653],
  ])('%s', (text, number) => {
    expect(integerOf(plain(text))).toBe(number);
    expect(integerOf(quoted(text))).toBe(number);
  });

  it.each(['', '1.5', '1e3', '0x10', 'a', '1 2', '--1', '8613260702756530'])('%j is none', (text) => {
    expect(integerOf(plain(text))).toBeUndefined();
  });

  it('all or none', () => {
    expect(integersOf(splitParameters('1,2,-3'))).toEqual([1, 2, -3]);
    expect(integersOf(splitParameters('1,,3'))).toBeUndefined();
    expect(integersOf(splitParameters('1,x'))).toBeUndefined();
    expect(integersOf(undefined)).toBeUndefined();
  });
});

describe('UTF-8 on the wire', () => {
  it('is one character a byte', () => {
    expect(encodeText('é温')).toBe('\xc3\xa9\xe6\xb8\xa9');
    expect(decodeText('\xc3\xa9\xe6\xb8\xa9')).toBe('é温');
  });

  it('comes back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(decodeText(encodeText(text))).toBe(text);
      }),
    );
  });
});
