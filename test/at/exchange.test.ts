import { describe, expect, it } from 'vitest';
import { type Echo, Exchange, mayChangeEcho } from '../../src/at/exchange.js';
import type { Line } from '../../src/at/line.js';

const LINE = 'AT+CSQ';

/** What the exchange says to these events; `W` is "written", `P` is the prompt, anything else a line. */
function play(events: readonly string[], options: { echo?: Echo; payload?: string } = {}) {
  const exchange = new Exchange({
    line: LINE,
    echo: options.echo ?? 'off',
    payload: options.payload === undefined ? undefined : Buffer.from(options.payload),
    owns: ({ text }: Line) => text.startsWith('+CSQ: '),
  });
  const verdicts = events.map((event) => {
    if (event === 'P') return exchange.prompt()?.toString() ?? 'no prompt';
    if (event !== 'W') return say(exchange.line({ text: event }));
    exchange.written();
    return exchange.state;
  });
  return { verdicts, exchange, lines: exchange.lines.map(({ text }) => text) };
}

function say(verdict: ReturnType<Exchange['line']>): string {
  return typeof verdict === 'string' ? verdict : `final ${verdict.text}`;
}

describe('Exchange', () => {
  it.each<[name: string, echo: Echo, events: string[], verdicts: string[]]>([
    ['answer', 'off', ['W', '+CSQ: 1,2', 'OK'], ['response', 'taken', 'final OK']],
    ['refusal', 'off', ['W', '+CME ERROR: 3'], ['response', 'final +CME ERROR: 3']],
    ['URC first', 'off', ['W', '+CEREG: 1', '+CSQ: 1,2', 'OK'], ['response', 'refused', 'taken', 'final OK']],
    ['before it is written', 'off', ['+CSQ: 9,9', 'OK', 'W'], ['refused', 'stray', 'response']],
    ['after the end', 'off', ['W', 'OK', '+CSQ: 1,2', 'OK'], ['response', 'final OK', 'refused', 'stray']],
    ['echo unknown, comes', 'unknown', ['W', LINE, 'OK'], ['response', 'taken', 'final OK']],
    ['echo unknown, stays away', 'unknown', ['W', 'OK'], ['response', 'final OK']],
    ['echo off, comes back', 'off', ['W', LINE, 'OK'], ['response', 'taken', 'final OK']],
    ['echo behind garbage', 'on', ['W', `x\xff${LINE}`, 'OK'], ['response', 'taken', 'final OK']],
    ['echo off, garbage', 'off', ['W', `x${LINE}`, 'OK'], ['response', 'refused', 'final OK']],
    ['echo comes once', 'on', ['W', LINE, LINE], ['response', 'taken', 'refused']],
    [
      'a message that ends like the echo',
      'unknown',
      ['W', `+RECV: 0,1,"t",${LINE}`, LINE],
      ['response', 'refused', 'taken'],
    ],
    [
      'the echo is the fence',
      'on',
      ['W', '+CSQ: 9,9', 'OK', 'ERROR', LINE, '+CSQ: 1,2', 'OK'],
      ['response', 'refused', 'stray', 'stray', 'taken', 'taken', 'final OK'],
    ],
    [
      'result codes are whole lines',
      'off',
      ['W', 'LOOK', 'OK ', 'ERRORLOG v1', 'OKAY'],
      ['response', 'refused', 'refused', 'refused', 'refused'],
    ],
  ])('%s', (_name, echo, events, verdicts) => {
    expect(play(events, { echo }).verdicts).toEqual(verdicts);
  });

  it.each<[name: string, events: string[], verdicts: string[], prompted: boolean]>([
    ['prompt and payload', ['W', 'P', 'W', 'OK'], ['prompt', 'ab', 'response', 'final OK'], true],
    [
      'no second payload',
      ['W', 'P', 'P', 'W', 'P'],
      ['prompt', 'ab', 'no prompt', 'response', 'no prompt'],
      true,
    ],
    ['a prompt too early', ['P', 'W'], ['no prompt', 'prompt'], false],
    ['a refusal instead', ['W', 'ERROR', 'P'], ['prompt', 'final ERROR', 'no prompt'], false],
    [
      'OK while the payload is written is not its OK',
      ['W', 'P', 'OK', 'W', 'OK'],
      ['prompt', 'ab', 'stray', 'response', 'final OK'],
      true,
    ],
    [
      'a failure while the payload is written ends it',
      ['W', 'P', 'ERROR', 'W'],
      ['prompt', 'ab', 'final ERROR', 'done'],
      true,
    ],
  ])('data mode: %s', (_name, events, verdicts, prompted) => {
    const played = play(events, { payload: 'ab' });
    expect(played.verdicts).toEqual(verdicts);
    expect(played.exchange.prompted).toBe(prompted);
  });

  it('keeps the lines of the response and nothing else', () => {
    const { lines, exchange } = play(['W', LINE, '+CEREG: 1', '+CSQ: 1,2', '+CSQ: 3,4', 'OK'], {
      echo: 'on',
    });
    expect(lines).toEqual(['+CSQ: 1,2', '+CSQ: 3,4']);
    expect(exchange.echoSeen).toBe(true);
    expect(exchange.state).toBe('done');
  });

  it('does not take a short line for an echo behind garbage', () => {
    const exchange = new Exchange({ line: 'AT', echo: 'unknown', owns: () => false });
    exchange.written();
    expect(exchange.line({ text: 'xAT' })).toBe('refused');
    expect(exchange.line({ text: 'AT' })).toBe('taken');
  });
});

describe('mayChangeEcho', () => {
  it.each([
    ['ATE0', true],
    ['ate1', true],
    ['ATV1E0', true],
    ['ATZ', true],
    ['AT&F', true],
    ['AT+CSQ;E0', true],
    ['AT', false],
    ['AT+CSQ', false],
    ['AT^SCFG', false],
  ])('%s: %s', (line, may) => {
    expect(mayChangeEcho(line)).toBe(may);
  });
});
