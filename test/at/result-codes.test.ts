import { describe, expect, it } from 'vitest';
import { parseFinalResult } from '../../src/at/result-codes.js';

describe('parseFinalResult', () => {
  it.each([
    ['OK', true, undefined, undefined],
    ['ERROR', false, undefined, undefined],
    ['+CME ERROR: 10', false, 10, 'SIM not inserted'],
    ['+CME ERROR:3', false, 3, 'operation not allowed'],
    ['+CME ERROR: 9999', false, 9999, undefined],
    ['+CME ERROR: SIM not inserted', false, undefined, undefined],
    ['+CME ERROR: ', false, undefined, undefined],
    ['+CMS ERROR: 10', false, 10, undefined],
    ['+CMS ERROR: 500', false, 500, undefined],
  ])('%s', (text, ok, number, meaning) => {
    expect(parseFinalResult(text)).toEqual({ ok, text, number, meaning });
  });

  it.each([
    '',
    'LOOK',
    'OKAY',
    ' OK',
    'OK ',
    'ok',
    'ERRORLOG v1',
    'ERROR: 3',
    'x+CME ERROR: 3',
    '+CMF ERROR: 3',
    '+CME: 3',
    '+LMQTTURC: RECV,0,1,"t",OK',
    'NO CARRIER',
  ])('%j is none: a result code is a whole line', (text) => {
    expect(parseFinalResult(text)).toBeUndefined();
  });
});
