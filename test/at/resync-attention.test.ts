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
      ['start', 'AT\\r\\n 10'],
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
      ['start', 'AT\\r\\n 10'],
      ['-', 'AT\\r\\n 10'],
      ['-', 'AT\\r\\n 10'],
      ['OK', 'AT+CSQ\\r\\n 10'],
      ['OK', 'wait 10'],
      ['OK', 'wait 10'],
      ['+CSQ: 1,2', 'stay'],
      ['OK', 'in-step'],
    ],
  ],
  [
    'attention in vain',
    { reason: 'attention', tries: 2 },
    [
      ['start', 'AT\\r\\n 10'],
      ['-', 'AT\\r\\n 10'],
      ['-', 'gone'],
    ],
  ],
  [
    'attention while old proofs are answered',
    { reason: 'attention', stale: true },
    [
      ['start', 'AT\\r\\n 10'],
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
      ['start', 'AT\\r\\n 10'],
      ['OK', 'in-step'],
    ],
  ],
  [
    'asleep: the first AT was lost, or is answered late',
    { reason: 'wake' },
    [
      ['start', 'AT\\r\\n 10'],
      ['-', 'AT\\r\\n 10'],
      ['OK', 'AT+CSQ\\r\\n 10'],
      ['OK', 'wait 10'],
      ['+CSQ: 1,2', 'stay'],
      ['OK', 'in-step'],
    ],
  ],
];

describe('Resync of a module in any state', () => {
  it.each(ROWS)('%s', (_name, options, steps) => {
    const [, ...events] = steps.map(([event]) => event);
    expect(play(options, events)).toEqual(steps.map(([, said]) => said));
  });
});
