import { describe, expect, it } from 'vitest';
import type { Utterance } from '../../../src/cli/decode/conversation.js';
import { Exchanges } from '../../../src/cli/trace/playback.js';

const command = (text: string): Utterance => ({ kind: 'command', text, words: undefined });
const line = (text: string): Utterance => ({ kind: 'line', text, payload: undefined, words: undefined });

/** What each utterance is; the times are 10 ms apart. */
function marksOf(...utterances: readonly Utterance[]) {
  const exchanges = new Exchanges();
  return utterances.map((utterance, index) => exchanges.mark(utterance, index * 10));
}

describe('the exchanges of a conversation', () => {
  it('are a command, its response and its final result code', () => {
    expect(marksOf(command('AT+CSQ'), line('AT+CSQ'), line('+CSQ: 27,99'), line('OK'))).toEqual([
      { urc: false },
      { urc: false },
      { urc: false },
      { urc: false, roundTrip: { command: 'AT+CSQ', ms: 30, until: 'final' } },
    ]);
  });

  it('leave out what comes unasked, also in the middle of a response', () => {
    const marks = marksOf(
      line('+CEREG: 1'),
      command('AT+CGSN=1'),
      line('+LMQTTURC: STATS,0,1'),
      line('861326070275653'),
      line('OK'),
      line('NORMAL POWER DOWN'),
    );
    expect(marks.map(({ urc }) => urc)).toEqual([true, false, true, false, false, true]);
  });

  it('reach to the result, matched by the message id, in any order and spelling', () => {
    const marks = marksOf(
      command('AT+LMQTTPUB=0,1,1,0,"t",1,"a"'),
      line('OK'),
      command('AT+LMQTTSUBUNSUB=0,1,2,"t",0'),
      line('OK'),
      line('+LMQTTUNSUNSUB: 0,2,0'),
      line('+LMQTTPUB: 0,1,0'),
      line('+LMQTTPUB: 0,1,0'),
    );
    expect(marks.slice(4)).toEqual([
      { urc: true, roundTrip: { command: 'AT+LMQTTSUBUNSUB=', ms: 20, until: 'result' } },
      { urc: true, roundTrip: { command: 'AT+LMQTTPUB=', ms: 50, until: 'result' } },
      { urc: true },
    ]);
  });

  it('fail with what the module said, and then have no result', () => {
    const marks = marksOf(
      command('AT+LMQTTOPEN=0,"h",1883'),
      line('+CME ERROR: 50'),
      line('+LMQTTOPEN: 0,0'),
    );
    expect(marks[1]).toMatchObject({ error: '+CME ERROR: 50', roundTrip: { until: 'final' } });
    expect(marks[2]).toEqual({ urc: true });
  });

  it('can miss their answer', () => {
    const [, second, , late] = marksOf(command('AT+CSQ'), command('AT'), line('OK'), line('OK'));
    expect(second).toEqual({ urc: false, unanswered: 'AT+CSQ' });
    expect(late).toEqual({ urc: false });
  });
});
