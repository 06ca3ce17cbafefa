import { describe, expect, it } from 'vitest';
import { Conversation, type ConversationOptions } from '../../../src/cli/decode/conversation.js';

const PUBLISH = 'AT+LMQTTPUB=0,9,1,0,"t",24\r\n';

/** What is said; `> ` and `< ` in front of the bytes tell who says it, `~` that nobody does for a while. */
function saidBy(steps: readonly string[], options: ConversationOptions = {}): string[] {
  const said: string[] = [];
  const conversation = new Conversation((utterance) => {
    if (utterance.kind === 'payload') said.push(`payload ${utterance.bytes}`);
    else if (utterance.kind === 'prompt') said.push(`prompt ${utterance.wanted}`);
    else if (utterance.kind === 'noise') said.push(`noise ${utterance.bytes}`);
    else if (utterance.kind === 'command') said.push(`command ${utterance.text}`);
    else said.push(`line ${utterance.text}${utterance.payload ?? ''}`);
  }, options);
  for (const step of steps) {
    const bytes = Buffer.from(step.slice(2), 'latin1');
    if (step === '~') conversation.idle();
    else if (step.startsWith('> ')) conversation.sent(bytes);
    else conversation.received(bytes);
  }
  conversation.flush();
  expect(conversation.wanted).toBeUndefined();
  return said;
}

it('tells a filler in front of a command line for what it is, and one behind a prompt as the payload', () => {
  const steps = [
    '> \x1b\x1b\r\x1b',
    '> \x1b\rAT\r\n',
    `> ${PUBLISH}`,
    '< \r\n> ',
    '> \x1b\x1b\r',
    '< \r\nOK\r\n',
  ];
  expect(saidBy(steps)).toEqual([
    'noise 6',
    'command AT',
    `command ${PUBLISH.trimEnd()}`,
    'prompt 24',
    'payload \x1b\x1b\r',
    'line OK',
  ]);
});

it('tells the echo of a filler as one thing', () => {
  const line = `${'\x1b'.repeat(63)}\r`;
  const echo = [`< ${line.repeat(2)}`, '~', `< ${line}`, '~'];
  expect(saidBy([`> ${line.repeat(3)}AT\r\n`, ...echo, '< AT\r\r\nOK\r\n'])).toEqual([
    'noise 192',
    'command AT',
    'noise 192',
    'line AT',
    'line OK',
  ]);
  expect(saidBy(echo)).toEqual(['noise 192']);
  expect(saidBy([...echo, '< \r\n> '])).toEqual(['noise 192', 'noise 2']);
});

describe('a payload behind a prompt', () => {
  const begin = [`> ${PUBLISH}`, '< \r\n> '];
  const told = [`command ${PUBLISH.trimEnd()}`, 'prompt 24'];

  it('ends where its answer begins, and the next command is one', () => {
    const steps = [...begin, '> too short', '< \r\nERROR\r\n', '> AT\r\n'];
    expect(saidBy(steps)).toEqual([...told, 'payload too short', 'line ERROR', 'command AT']);
  });

  it('is told as far as it came when the recording ends', () => {
    expect(saidBy([...begin, '> a\r\nb'])).toEqual([...told, 'payload a\r\nb']);
    expect(saidBy(begin)).toEqual(told);
  });
});

describe('a counted line', () => {
  const masked = '< \r\n+LMQTTURC: RECV,0,5,"t",24,{"deviceSecret":"***"}\r\n\r\nOK\r\n';

  it('is one line when a secret in it is masked', () => {
    expect(saidBy([masked], { masked: true })).toEqual([
      'line +LMQTTURC: RECV,0,5,"t",24,{"deviceSecret":"***"}',
      'line OK',
    ]);
  });

  it('counts stars as bytes where nothing is masked', () => {
    expect(saidBy(['< \r\n+LMQTTURC: RECV,0,5,"t",5,*\r\n**\r\n'])).toEqual([
      'line +LMQTTURC: RECV,0,5,"t",5,*\r\n**',
    ]);
    expect(saidBy(['< \r\n+LMQTTURC: RECV,0,5,"t",3,***\r\n'])).toEqual([
      'line +LMQTTURC: RECV,0,5,"t",3,***',
    ]);
  });
});

describe('a payload that its command line counts', () => {
  const inline = 'AT+LMQTTPUB=0,9,1,0,"t",9,"a\r\n"b"\nc\r"';

  it('belongs to the line with all its line ends, however the bytes are cut', () => {
    expect(saidBy([`> ${inline}\r\nAT\r\n`])).toEqual([`command ${inline}`, 'command AT']);
    const bytes = [...`AT\r${inline}\r\nAT\r`];
    expect(saidBy(bytes.map((byte) => `> ${byte}`))).toEqual([
      'command AT',
      `command ${inline}`,
      'command AT',
    ]);
  });

  it('with a wrong count ends at its line end, at the latest when it is answered', () => {
    const long = 'AT+LMQTTPUB=0,9,1,0,"t",99,"short"';
    expect(saidBy([`> ${long}\r\n`, '> AT\r\n', '< \r\nERROR\r\n\r\nOK\r\n'])).toEqual([
      `command ${long}`,
      'command AT',
      'line ERROR',
      'line OK',
    ]);
    expect(saidBy([`> ${long}\r\n`])).toEqual([`command ${long}`]);
    const short = 'AT+LMQTTPUB=0,9,1,0,"t",2,"short"';
    expect(saidBy([`> ${short}\r\nAT\r\n`])).toEqual([`command ${short}`, 'command AT']);
  });

  it('is not counted where a secret in it is masked', () => {
    const masked = 'AT+LMQTTPUB=0,9,1,0,"t",40,"{"deviceSecret":"***"}"';
    expect(saidBy([`> ${masked}\r\n`, '> AT\r\n'], { masked: true })).toEqual([
      `command ${masked}`,
      'command AT',
    ]);
  });

  it('is awaited without end by nobody', () => {
    const endless = `AT+LMQTTPUB=0,9,1,0,"t",8000,"a\r${'b\r'.repeat(10_000)}`;
    expect(saidBy([`> ${endless}`]).slice(0, 2)).toEqual([
      'command AT+LMQTTPUB=0,9,1,0,"t",8000,"a',
      'command b',
    ]);
  });
});
