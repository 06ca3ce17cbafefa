import { describe, expect, it } from 'vitest';
import { parseScript } from '../../../src/cli/console/script/parse-script.js';
import { ReceivedLines } from '../../../src/cli/console/script/script-runner.js';
import { regexLiteral, substitute } from '../../../src/cli/console/script/statements.js';

/** `%{x}` stands for a variable, so that nobody takes it for one of this file. */
function script(text: string): string {
  return text.replaceAll('%{', '${');
}

describe('a script', () => {
  it('puts data and expectations to the line that they belong to', () => {
    const text = `# signal
set host broker.example
AT+CSQ
  expect /\\+CSQ: (\\d+),(?<ber>\\d+)/i
  expect OK

repeat 2
  AT+LMQTTPUB=0,1,0,0,"up/%{1}",5
  data hello
  timeout 1.5s
end
.sub -q 1 cmd/#
expect RECV
`;
    expect(parseScript(script(text), 'x.at')).toEqual([
      { kind: 'set', line: 2, name: 'host', value: 'broker.example' },
      {
        kind: 'send',
        line: 3,
        text: 'AT+CSQ',
        data: undefined,
        expectations: [
          { line: 4, pattern: { kind: 'regex', source: '\\+CSQ: (\\d+),(?<ber>\\d+)', flags: 'i' } },
          { line: 5, pattern: { kind: 'text', text: 'OK' } },
        ],
      },
      {
        kind: 'repeat',
        line: 7,
        count: 2,
        body: [
          {
            kind: 'send',
            line: 8,
            text: script('AT+LMQTTPUB=0,1,0,0,"up/%{1}",5'),
            data: { line: 9, text: 'hello' },
            expectations: [],
          },
          { kind: 'timeout', line: 10, ms: 1500 },
        ],
      },
      { kind: 'dot', line: 12, text: '.sub -q 1 cmd/#' },
      { kind: 'expect', line: 13, pattern: { kind: 'text', text: 'RECV' } },
    ]);
  });

  it.each([
    ['AT\nexpct OK', 2, 'did you mean expect?'],
    ['hello', 1, 'put send in front'],
    ['AT\nexpect /(/', 2, 'Invalid regular expression'],
    ['AT\nexpect /x', 2, 'not closed'],
    ['AT\nexpect /x/g', 2, 'flags'],
    ['AT\nexpect', 2, 'needs a text'],
    ['\n\nrepeat 2\nAT', 3, 'repeat has no end'],
    ['AT\nend', 2, 'end has no repeat'],
    ['repeat 0\nend', 1, 'repeat needs a number'],
    ['timeout 5', 1, 'timeout needs a time'],
    ['timeout 2 h', 1, 'timeout needs a time'],
    ['set 1x 2', 1, 'set needs a name'],
    ['AT+X=%{id}', 1, '%{id} is never set before'],
    ['AT\nexpect /(a)/\nAT%{2}', 3, '%{2} is captured by no expression'],
    ['AT+X=%{env.ATMQTT_NO_SUCH_VARIABLE}', 1, 'is not in the environment'],
    ['data x', 1, 'data belongs behind'],
    ['.conect', 1, 'did you mean .connect?'],
  ])('refuses %j with the number of the line', (text, line, words) => {
    const refusal = expect.objectContaining({
      code: 'INVALID_ARGUMENT',
      field: `x.at, line ${line}`,
      message: expect.stringContaining(script(words)),
    });
    expect(() => parseScript(script(text), 'x.at')).toThrow(refusal);
  });

  it('does not show a secret of a line with a fault', () => {
    const text = 'snd AT+LMQTTCONN=0,"id","user","%{x}TopSecret"';
    expect(() => parseScript(script(text), 'x.at')).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('TopSecret') }),
    );
  });

  it('takes a value in an expression for what it is', () => {
    const value = 'a.b*c/[d]$';
    const source = substitute(script('^%{x}$'), () => value, regexLiteral);
    expect(new RegExp(source).test(value)).toBe(true);
    expect(new RegExp(source).test('aXb*c/[d]$')).toBe(false);
  });
});

describe('the lines that a script waits for', () => {
  const contains = (text: string) => (line: string) => line.includes(text) || undefined;

  it('are found in the order of the script, each once', async () => {
    const lines = new ReceivedLines();
    for (const line of ['one', 'two', 'one', 'three']) lines.push(line);
    const never = new AbortController().signal;
    expect(await lines.find(contains('one'), never)).toBe(true);
    expect(lines.waiting).toEqual(['two', 'one', 'three']);
    expect(await lines.find(contains('one'), never)).toBe(true);
    expect(await lines.find(contains('two'), AbortSignal.abort())).toBeUndefined();
    expect(lines.waiting).toEqual(['three']);
  });

  it('may come later, and may not come at all', async () => {
    const lines = new ReceivedLines();
    const controller = new AbortController();
    const late = lines.find(contains('late'), controller.signal);
    lines.push('early');
    lines.push('late');
    expect(await late).toBe(true);
    const missing = lines.find(contains('missing'), controller.signal);
    controller.abort();
    expect(await missing).toBeUndefined();
  });
});
