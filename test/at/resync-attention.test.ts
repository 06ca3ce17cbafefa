import { describe, expect, it } from 'vitest';
import { play, type Row } from './resync-player.js';

const ROWS: readonly Row[] = [
  [
    'the late command was stuck in the stream',
    { reason: 'attention', late: { line: 'AT+X', owns: () => false } },
    [
      ['start', 'wait 10'],
      ['=', 'wait 10'],
      ['OK', 'AT+CSQ\\r\\n 10'],
      ['+CSQ: 1,2', 'stay'],
      ['OK', 'in-step'],
    ],
  ],
  [
    'attention at once',
    { reason: 'attention' },
    [
      ['start', 'AT\\r\\n 15'],
      ['AT', 'stay'],
      ['OK', 'AT+CSQ\\r\\n 10'],
      ['+CSQ: 1,2', 'stay'],
      ['OK', 'in-step'],
    ],
  ],
  [
    'attention with the answers to all tries at once',
    { reason: 'attention' },
    [
      ['start', 'AT\\r\\n 15'],
      ['-', 'AT\\r\\n 10'],
      ['-', 'AT\\r\\n 10'],
      ['OK', 'AT+CSQ\\r\\n 38'],
      ['OK', 'wait 38'],
      ['OK', 'wait 38'],
      ['+CSQ: 1,2', 'stay'],
      ['OK', 'in-step'],
    ],
  ],
  [
    'attention in vain',
    { reason: 'attention', tries: 2 },
    [
      ['start', 'AT\\r\\n 15'],
      ['-', 'AT\\r\\n 5'],
      ['-', 'gone'],
    ],
  ],
  [
    'attention while old proofs are answered',
    { reason: 'attention', stale: true },
    [
      ['start', 'AT\\r\\n 15'],
      ['+CSQ: 1,2', 'stay'],
      ['OK', 'wait 10'],
      ['+CESQ: 1,2', 'stay'],
      ['OK', 'wait 10'],
      ['OK', 'wait 10'],
      ['-', 'AT+CSQ\\r\\n 10'],
      ['+CSQ: 1,2', 'stay'],
      ['OK', 'in-step'],
    ],
  ],
  [
    'awake',
    { reason: 'wake' },
    [
      ['start', 'AT\\r\\n 15'],
      ['OK', 'in-step'],
    ],
  ],
  [
    'asleep: the first AT was lost, or is answered late',
    { reason: 'wake' },
    [
      ['start', 'AT\\r\\n 15'],
      ['-', 'AT\\r\\n 10'],
      ['OK', 'AT+CSQ\\r\\n 23'],
      ['OK', 'wait 23'],
      ['+CSQ: 1,2', 'stay'],
      ['OK', 'in-step'],
    ],
  ],
  [
    'a module that takes longer than the interval, and answers every AT',
    { reason: 'attention' },
    [
      ['start', 'AT\\r\\n 15'],
      ['-', 'AT\\r\\n 10'],
      ['~3', ''],
      ['OK', 'AT+CSQ\\r\\n 27'],
      ['~18', ''],
      ['OK', 'wait 27'],
      ['~18', ''],
      ['+CSQ: 1,2', 'stay'],
      ['OK', 'in-step'],
    ],
  ],
  [
    'two OK to AT, each behind a proof, are no refusals',
    { reason: 'attention' },
    [
      ['start', 'AT\\r\\n 15'],
      ['-', 'AT\\r\\n 10'],
      ['-', 'AT\\r\\n 10'],
      ['OK', 'AT+CSQ\\r\\n 38'],
      ['-', 'AT+CESQ\\r\\n 40'],
      ['OK', 'wait 57'],
      ['-', 'AT+CGATT?\\r\\n 57'],
      ['OK', 'wait 86'],
      ['-', 'AT+CCLK?\\r\\n 86'],
    ],
  ],
  [
    'a module known as slow gets time for the first AT',
    { reason: 'wake', answerTime: 20 },
    [
      ['start', 'AT\\r\\n 30'],
      ['OK', 'in-step'],
    ],
  ],
  [
    'a module known as fast is soon tried again',
    { reason: 'wake', answerTime: 1, tries: 4 },
    [
      ['start', 'AT\\r\\n 10'],
      ['-', 'AT\\r\\n 10'],
      ['-', 'AT\\r\\n 10'],
      ['-', 'AT\\r\\n 10'],
      ['-', 'gone'],
    ],
  ],
];

describe('Resync of a module in any state', () => {
  it.each(ROWS)('%s', (_name, options, steps) => {
    const [, ...events] = steps.map(([event]) => event);
    expect(play(options, events)).toEqual(steps.map(([, said]) => said));
  });
});
