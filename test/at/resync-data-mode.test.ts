import { describe, expect, it } from 'vitest';
import { Resync } from '../../src/at/resync.js';
import { play, type Row } from './resync-player.js';

const publish = {
  line: 'AT+PUB=4',
  payload: Buffer.from('abcd'),
  owns: () => false,
};

const ROWS: readonly Row[] = [
  [
    'late prompt, then OK',
    { late: publish },
    [
      ['start', 'wait 40'],
      ['P', 'abcd 10'],
      ['P', 'stay'],
      ['OK', 'in-step'],
    ],
  ],
  [
    'late prompt, then nothing',
    { late: publish },
    [
      ['start', 'wait 40'],
      ['P', 'abcd 10'],
      ['-', 'AT+CSQ\\r\\n 10'],
      ['+CSQ: 1,2', 'stay'],
      ['OK', 'in-step'],
    ],
  ],
  [
    'stuck prompt that ESC ends',
    { late: publish },
    [
      ['start', 'wait 40'],
      ['-', '\\x1b 10'],
      ['OK', 'in-step'],
    ],
  ],
  [
    'stuck prompt that only bytes end',
    { late: publish },
    [
      ['start', 'wait 40'],
      ['-', '\\x1b 10'],
      ['-', 'AT+CSQ\\r\\n 10'],
      ['-', 'AT+CESQ\\r\\n 20'],
      ['-', '\\r\\r\\r\\r 10'],
      ['OK', 'wait 20'],
      ['-', 'AT+CGATT?\\r\\n 30'],
      ['+CGATT: 1', 'stay'],
      ['OK', 'in-step'],
    ],
  ],
  [
    'refused instead of prompted',
    { late: publish },
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
    { late: publish },
    [
      ['start', 'wait 40'],
      ['-', '\\x1b 10'],
      ['-', 'AT+CSQ\\r\\n 10'],
      ['R', 'restarted'],
      ['P', 'stay'],
      ['-', 'AT\\r\\n 15'],
      ['OK', 'AT+CESQ\\r\\n 10'],
      ['+CESQ: 1,2', 'stay'],
      ['OK', 'in-step'],
    ],
  ],
];

describe('Resync after a command with a payload', () => {
  it.each(ROWS)('%s', (_name, options, steps) => {
    const [, ...events] = steps.map(([event]) => event);
    expect(play(options, events)).toEqual(steps.map(([, said]) => said));
  });

  it('expects a prompt only while there is a payload to send', () => {
    const resync = new Resync({ reason: 'late', tries: 1, interval: 1, late: publish });
    expect(resync.expectsPrompt).toBe(true);
    resync.prompt();
    expect(resync.expectsPrompt).toBe(false);
    expect(new Resync({ reason: 'late', tries: 1, interval: 1 }).expectsPrompt).toBe(false);
  });
});
