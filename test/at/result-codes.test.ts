import { describe, expect, it } from 'vitest';
import { parseFinalResult } from '../../src/at/result-codes.js';

describe('parseFinalResult', () => {
  it.each([
    ['OK', true, undefined, undefined],
    ['ERROR', false, undefined, undefined],
    ['+CME ERROR: 10', false, 10, 'SIM not inserted'],
    ['+CME ERROR:3', false, 3, 'operation not allowed'],
    ['+CME ERROR: 9999', false, 9999, undefined],
    ['+CME ERROR: SIM not inserted', false, 10, 'SIM not inserted'],
    ['+CME ERROR: sim pin Required', false, 11, 'SIM PIN required'],
    ['+CME ERROR: "SIM PUK required".', false, 12, 'SIM PUK required'],
    ['+CME ERROR: PH-SIM PIN required', false, 5, 'PH-SIM PIN required'],
    ['+CME ERROR: Network personalisation PIN required', false, 40, 'network personalization PIN required'],
    ['+CME ERROR: SIM not ready', false, 14, 'SIM busy'],
    ['+CME ERROR: no sense', false, undefined, undefined],
    ['+CMS ERROR: SIM PIN required', false, 311, 'SIM PIN required'],
    ['+CMS ERROR: 310', false, 310, 'SIM not inserted'],
    ['+CME ERROR: ', false, undefined, undefined],
    ['+CMS ERROR: 10', false, 10, undefined],
    ['+CMS ERROR: 500', false, 500, 'unknown error'],
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
