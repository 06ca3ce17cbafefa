import { describe, expect, it } from 'vitest';
import type { Line } from '../../src/at/line.js';
import { Resync } from '../../src/at/resync.js';
import { play, type Row } from './resync-player.js';

const ROWS: readonly Row[] = [
  [
    'late OK',
    {},
    [
      ['start', 'wait 10'],
      ['OK', 'in-step'],
    ],
  ],
  [
    'late failure',
    {},
    [
      ['start', 'wait 10'],
      ['+CME ERROR: 3', 'in-step'],
    ],
  ],
  [
    'lost OK',
    {},
    [
      ['start', 'wait 10'],
      ['-', 'AT+CSQ\\r\\n 10'],
      ['AT+CSQ', 'stay'],
      ['+CSQ: 1,2', 'stay'],
      ['OK', 'in-step'],
    ],
  ],
  [
    'late OK behind the proof',
    {},
    [
      ['start', 'wait 10'],
      ['-', 'AT+CSQ\\r\\n 10'],
      ['OK', 'wait 10'],
      ['+CSQ: 1,2', 'stay'],
      ['OK', 'in-step'],
    ],
  ],
  [
    'the command itself was +CSQ',
    { late: { line: 'AT+CSQ', owns: (line) => line.text.startsWith('+CSQ:') } },
    [
      ['start', 'wait 10'],
      ['-', 'AT+CESQ\\r\\n 10'],
      ['+CSQ: 1,2', 'stay'],
      ['OK', 'wait 10'],
      ['+CESQ: 1,2', 'stay'],
      ['OK', 'in-step'],
    ],
  ],
  [
    'several proofs answered late, all at once',
    {},
    [
      ['start', 'wait 10'],
      ['-', 'AT+CSQ\\r\\n 10'],
      ['-', 'AT+CESQ\\r\\n 20'],
      ['-', 'AT+CGATT?\\r\\n 30'],
      ['OK', 'wait 30'],
      ['+CSQ: 1,2', 'stay'],
      ['OK', 'wait 20'],
      ['+CESQ: 1,2', 'stay'],
      ['OK', 'wait 10'],
      ['+CGATT: 1', 'stay'],
      ['OK', 'in-step'],
    ],
  ],
  [
    'the first proofs were lost',
    {},
    [
      ['start', 'wait 10'],
      ['-', 'AT+CSQ\\r\\n 10'],
      ['-', 'AT+CESQ\\r\\n 20'],
      ['+CESQ: 1,2', 'stay'],
      ['OK', 'in-step'],
    ],
  ],
  [
    'the OK of a proof was lost',
    {},
    [
      ['start', 'wait 10'],
      ['-', 'AT+CSQ\\r\\n 10'],
      ['+CSQ: 1,2', 'stay'],
      ['-', 'AT+CESQ\\r\\n 20'],
      ['+CESQ: 1,2', 'stay'],
      ['OK', 'in-step'],
    ],
  ],
  [
    'so many were lost that a name came again',
    {},
    [
      ['start', 'wait 10'],
      ['-', 'AT+CSQ\\r\\n 10'],
      ['-', 'AT+CESQ\\r\\n 20'],
      ['-', 'AT+CGATT?\\r\\n 30'],
      ['-', 'AT+CCLK?\\r\\n 40'],
      ['-', 'AT+CGSN=1\\r\\n 40'],
      ['-', 'AT+CSQ\\r\\n 40'],
      ['+CSQ: 1,2', 'stay'],
      ['OK', 'wait 60'],
      ['-', 'AT+CESQ\\r\\n 60'],
      ['+CESQ: 1,2', 'stay'],
      ['OK', 'in-step'],
    ],
  ],
  [
    'late OK, then an answer to a proof that was given up: not a refusal',
    {},
    [
      ['start', 'wait 10'],
      ['-', 'AT+CSQ\\r\\n 10'],
      ['OK', 'wait 10'],
      ['-', 'AT+CESQ\\r\\n 20'],
      ['+CSQ: 1,2', 'stay'],
      ['OK', 'wait 15'],
      ['-', 'AT+CGATT?\\r\\n 15'],
      ['+CESQ: 1,2', 'stay'],
      ['OK', 'wait 15'],
      ['+CGATT: 1', 'stay'],
      ['OK', 'in-step'],
    ],
  ],
  [
    'the proofs are refused, and the first refusal can be the late answer',
    {},
    [
      ['start', 'wait 10'],
      ['-', 'AT+CSQ\\r\\n 10'],
      ['ERROR', 'wait 10'],
      ['-', 'AT+CESQ\\r\\n 20'],
      ['+CME ERROR: 4', 'wait 15'],
      ['-', 'AT+CGATT?\\r\\n 15'],
      ['ERROR', 'wait 15'],
      ['-', 'AT+CCLK?\\r\\n 15'],
      ['ERROR', 'wait 15'],
      ['-', 'in-step'],
    ],
  ],
  [
    'silence',
    { tries: 2 },
    [
      ['start', 'wait 10'],
      ['-', 'AT+CSQ\\r\\n 10'],
      ['-', 'AT+CESQ\\r\\n 20'],
      ['-', 'gone'],
    ],
  ],
  [
    'URCs in between',
    {},
    [
      ['start', 'wait 10'],
      ['+CEREG: 1', 'refused'],
      ['-', 'AT+CSQ\\r\\n 10'],
      ['LOOK', 'refused'],
      ['+CSQX: 1', 'refused'],
    ],
  ],
  [
    'lines and echo of the late command, until it is answered',
    { late: { line: 'AT+CONN?', owns: ({ text }) => text.startsWith('+CONN:') } },
    [
      ['start', 'wait 10'],
      ['AT+CONN?', 'stay'],
      ['+CONN: 0,3', 'stay'],
      ['-', 'AT+CSQ\\r\\n 10'],
      ['OK', 'wait 10'],
      ['+CONN: 0,0,0', 'refused'],
    ],
  ],
  [
    'the stream takes nothing',
    { tries: 2 },
    [
      ['start', 'wait 10'],
      ['=', 'wait 10'],
      ['=', 'gone'],
    ],
  ],
];

describe('Resync after a late answer', () => {
  it.each(ROWS)('%s', (_name, options, steps) => {
    const [, ...events] = steps.map(([event]) => event);
    expect(play(options, events)).toEqual(steps.map(([, said]) => said));
  });

  it('leaves counted payloads to others, unless the late command owns them', () => {
    const line: Line = { text: '+READ: 4,', payload: Buffer.from('OK\r\n') };
    expect(new Resync({ reason: 'late', tries: 1, interval: 1 }).takes(line)).toBe(false);
    const counted = () => undefined;
    const late = { line: 'AT+READ', counted, owns: ({ text }: Line) => text.startsWith('+READ:') };
    const resync = new Resync({ reason: 'late', tries: 1, interval: 1, late });
    expect(resync.countedHeader).toBe(counted);
    expect(resync.takes(line)).toBe(true);
    expect(resync.line(line, 0)).toEqual({ type: 'stay' });
    expect(resync.line({ text: 'OK' }, 0)).toEqual({ type: 'in-step' });
    expect(resync.countedHeader).toBeUndefined();
  });
});
