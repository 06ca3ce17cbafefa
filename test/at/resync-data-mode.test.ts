import { describe, expect, it } from 'vitest';
import { ANGLE_SPACE } from '../../src/at/line.js';
import { Resync } from '../../src/at/resync.js';
import { play, type Row } from './resync-player.js';

const late = { line: 'AT+PUB=4', owns: () => false };

/** The prompt has not come. */
const unprompted = { late, open: { missing: 4, payload: Buffer.from('abcd'), escape: true } };

/** The payload was sent; some of it may have got lost. */
const sent = { late, open: { missing: 4, escape: true } };

/** The program before may have ended in the middle of a publish. */
const unknown = { reason: 'attention', open: { missing: 9, escape: true } } as const;

const ROWS: readonly Row[] = [
  [
    'late prompt, then OK',
    unprompted,
    [
      ['start', 'wait 40'],
      ['P', 'abcd 10'],
      ['OK', 'in-step'],
    ],
  ],
  [
    'late prompt, then nothing: the payload may have lost bytes',
    unprompted,
    [
      ['start', 'wait 40'],
      ['P', 'abcd 10'],
      ['-', '\\x1b\\x1b\\r 10'],
      ['-', '<filler> 17'],
      ['OK', 'AT+CSQ\\r\\n 10'],
      ['+CSQ: 1,2', 'stay'],
      ['OK', 'in-step'],
    ],
  ],
  [
    'late prompt behind ESC, which may stand in front of the payload now',
    unprompted,
    [
      ['start', 'wait 40'],
      ['-', '\\x1b\\x1b\\r 10'],
      ['P', '<filler> 17'],
      ['OK', 'AT+CSQ\\r\\n 10'],
    ],
  ],
  [
    'stuck prompt that ESC ends, proven by a command of its own',
    unprompted,
    [
      ['start', 'wait 40'],
      ['-', '\\x1b\\x1b\\r 10'],
      ['OK', 'AT+CSQ\\r\\n 10'],
      ['ERROR', 'wait 10'],
      ['+CSQ: 1,2', 'stay'],
      ['OK', 'in-step'],
    ],
  ],
  [
    'stuck prompt that only bytes end',
    unprompted,
    [
      ['start', 'wait 40'],
      ['-', '\\x1b\\x1b\\r 10'],
      ['-', '<filler> 17'],
      ['OK', 'AT+CSQ\\r\\n 10'],
      ['+CSQ: 1,2', 'stay'],
      ['OK', 'in-step'],
    ],
  ],
  [
    'bytes of the payload lost',
    sent,
    [
      ['start', 'wait 10'],
      ['-', '\\x1b\\x1b\\r 10'],
      ['-', '<filler> 17'],
      ['OK', 'AT+CSQ\\r\\n 10'],
    ],
  ],
  [
    'bytes of the payload and of the filler lost',
    sent,
    [
      ['start', 'wait 10'],
      ['-', '\\x1b\\x1b\\r 10'],
      ['-', '<filler> 17'],
      ['-', 'AT+CSQ\\r\\n 10'],
      ['-', '<filler>AT+CESQ\\r\\n 27'],
      ['OK', 'wait 20'],
      ['-', 'AT+CGATT?\\r\\n 30'],
    ],
  ],
  [
    'a prompt that nothing is known to end',
    { late, open: { missing: 4, escape: false } },
    [
      ['start', 'wait 10'],
      ['-', '<filler> 17'],
      ['-', 'AT+CSQ\\r\\n 10'],
    ],
  ],
  [
    'a module of which nothing is known',
    unknown,
    [
      ['start', '<filler>AT\\r\\n 22'],
      ['-', 'AT\\r\\n 10'],
      ['OK', 'AT+CSQ\\r\\n 33'],
    ],
  ],
  [
    'a module of which nothing is known prompts, again and again',
    unknown,
    [
      ['start', '<filler>AT\\r\\n 22'],
      ['P', '<filler> 17'],
      ['P', '<filler> 17'],
      ['P', '<filler> 17'],
      ['P', 'stay'],
      ['-', 'AT\\r\\n 10'],
    ],
  ],
  [
    'a line that is still busy with the filler',
    { ...unknown, tries: 2 },
    [
      ['start', '<filler>AT\\r\\n 22'],
      ...Array.from({ length: 9 }, () => ['=', 'wait 10'] as const),
      ['=', 'gone'],
    ],
  ],
  [
    'refused instead of prompted',
    unprompted,
    [
      ['start', 'wait 40'],
      ['ERROR', 'in-step'],
    ],
  ],
  [
    'a prompt that nobody can serve',
    {},
    [
      ['start', 'wait 10'],
      ['P', 'stay'],
    ],
  ],
  [
    'a restart in the middle, after which nothing is outstanding',
    unprompted,
    [
      ['start', 'wait 40'],
      ['-', '\\x1b\\x1b\\r 10'],
      ['-', '<filler> 17'],
      ['R', 'restarted'],
      ['P', 'stay'],
      ['-', 'AT\\r\\n 15'],
      ['OK', 'AT+CSQ\\r\\n 10'],
      ['+CSQ: 1,2', 'stay'],
      ['OK', 'in-step'],
    ],
  ],
];

describe('Resync after a command with a payload', () => {
  it.each(ROWS)('%s', (_name, options, steps) => {
    const [, ...events] = steps.map(([event]) => event);
    expect(play(options, events)).toEqual(steps.map(([, said]) => said));
  });

  it('expects a prompt for as long as one may be open', () => {
    const resync = new Resync({ reason: 'late', tries: 1, interval: 1, ...unprompted });
    expect(resync.expectedPrompt).toEqual(ANGLE_SPACE);
    resync.prompt(0);
    expect(resync.expectedPrompt).toEqual(ANGLE_SPACE);
    resync.line({ text: 'OK' }, 0);
    expect(resync.expectedPrompt).toBeUndefined();
    expect(new Resync({ reason: 'late', tries: 1, interval: 1 }).expectedPrompt).toBeUndefined();
  });
});
