import { describe, expect, it } from 'vitest';
import type { Channel } from '../../src/at/channel.js';
import {
  type Command,
  type DataMode,
  NO_INFORMATION,
  type Nothing,
  type OneStageCommand,
  type TwoStageCommand,
} from '../../src/at/command.js';
import type { Line, Prompt } from '../../src/at/line.js';
import type { Urc } from '../../src/at/urc.js';
import { readTranscript, type Step } from '../helpers/transcript.js';
import { LONG, type Opened, open } from './channel-fixtures.js';

/** What AT layer and modules of other vendors say to each other; the declarations are as small as a test needs them. */

/** `AT+QMTPUB=0,<id>,…` with any payload, by prompt and end. */
type Data = Pick<DataMode<Request>, 'prompt' | 'terminated'>;

interface Request {
  readonly line: string;
  readonly payload?: Buffer;
}

const ANGLE: Prompt = { text: '>', wholeLine: false };
const CONNECT: Prompt = { text: 'CONNECT', wholeLine: true };

function dataMode(data: Data): DataMode<Request> {
  return {
    largest: 10_240,
    escape: true,
    payload: ({ payload }) => payload,
    length: ({ payload }) => (data.terminated ? undefined : payload?.length),
    attach: (request, payload) => ({ ...request, payload }),
    ...data,
  };
}

const requests = { format: ({ line }: Request) => line, parse: () => undefined };

/** `<name>: <number>,<number>…`. */
function numbers(name: string): Urc<readonly number[]> {
  return {
    name,
    parse: ({ text }) => {
      const match = new RegExp(`^\\${name}: ([\\d,]+)$`).exec(text);
      return match?.[1]?.split(',').map(Number);
    },
    format: (values) => ({ text: `${name}: ${values}` }),
  };
}

interface Extras {
  readonly intermediate?: (value: readonly number[]) => boolean;
  readonly beforeError?: true;
}

function twoStage(
  name: string,
  data: Data,
  extras: Extras = {},
): TwoStageCommand<Request, readonly number[]> {
  return {
    name,
    form: 'set',
    request: requests,
    limits: { response: LONG, result: LONG },
    abortable: false,
    data: dataMode(data),
    result: { urc: numbers(name), matches: () => true, ...extras },
  };
}

/** With the number of a refusal: `<name>: <index>,<number>` before `ERROR`. */
function oneStage(name: string, data: Data): OneStageCommand<Request, Nothing> {
  const details = numbers(name);
  return {
    name,
    form: 'set',
    request: requests,
    limits: { response: LONG },
    abortable: false,
    data: dataMode(data),
    response: NO_INFORMATION,
    refusal: {
      parse: (line: Line) => {
        const number = details.parse(line)?.[1];
        return number === undefined ? undefined : { number, meaning: `SIMCom ${number}` };
      },
    },
  };
}

/** `+QFUPL: <size>,<checksum>` before `OK`. */
const UPLOAD: OneStageCommand<Request, readonly number[]> = {
  name: '+QFUPL',
  form: 'set',
  request: requests,
  limits: { response: LONG },
  abortable: false,
  data: dataMode({ prompt: CONNECT }),
  response: {
    format: () => [],
    parse: ([line]) => line && numbers('+QFUPL').parse(line),
    owns: (text) => text.startsWith('+QFUPL: '),
  },
};

const text = (bytes: Buffer): string => bytes.toString('latin1');

/** How the bytes of the module come. */
const PACES: readonly [string, (bytes: string) => string[]][] = [
  ['as they are', (bytes) => [bytes]],
  ['one byte at a time', (bytes) => [...bytes]],
  ['with garbage and a URC before each', (bytes) => ['\x00\xff\r\n+QIURC: "pdpdeact",1\r\n', bytes]],
];

/** Plays the module of the transcript from `from` up to `to`. */
async function play(
  { module }: Opened,
  steps: readonly Step[],
  pace: (bytes: string) => string[],
): Promise<void> {
  for (const { direction, bytes } of steps) {
    if (direction === '>') await module.expects(text(bytes));
    else for (const piece of pace(text(bytes))) await module.sends(piece);
  }
  expect(module.unexpected).toBe('');
}

/** The steps of the first exchange whose command line begins so, up to the next command line. */
function exchange(name: string, begins: string): readonly Step[] {
  const { steps } = readTranscript(name);
  const from = steps.findIndex((step) => step.direction === '>' && text(step.bytes).startsWith(begins));
  expect(from).toBeGreaterThanOrEqual(0);
  const rest = steps.slice(from + 1);
  const next = rest.findIndex((step) => step.direction === '>' && text(step.bytes).startsWith('AT'));
  return steps.slice(from, next < 0 ? undefined : from + 1 + next);
}

async function run<V>(
  channel: Channel,
  command: Command<Request, V>,
  line: string,
  payload?: string,
): Promise<V> {
  const bytes = payload === undefined ? {} : { payload: Buffer.from(payload, 'latin1') };
  return channel.execute(command, { line, ...bytes });
}

describe.each(PACES)('transcripts, %s', (_name, pace) => {
  it('a payload that ends with Ctrl-Z', async () => {
    const opened = open();
    const line = 'AT+QMTPUB=0,1,1,0,"shadow/update"';
    const payload = '{"state":{"reported":{"Temp":"29","Color":"Red"}}}';
    const result = run(opened.channel, twoStage('+QMTPUB', { terminated: true }), line, payload);
    await play(opened, exchange('qmt/publish-ctrl-z', line), pace);
    expect(await result).toEqual([0, 1, 0]);
  });

  it.each([
    ['AT+QFUPL="cacert.pem",10,100', '1234567890', [10, 3938]],
    ['AT+QFUPL="client.pem",4,100', 'ACC\x01', [4, 242]],
  ])('raw bytes after CONNECT: %s', async (line, payload, value) => {
    const opened = open();
    const uploaded = run(opened.channel, UPLOAD, line, payload);
    await play(opened, exchange('qmt/tls-setup', line), pace);
    expect(await uploaded).toEqual(value);
  });

  it('a prompt without a space, and a command that is complete at OK', async () => {
    const opened = open();
    const topic = run(opened.channel, oneStage('+CMQTTTOPIC', { prompt: ANGLE }), 'AT+CMQTTTOPIC=0,3', 'aws');
    await play(opened, exchange('cmqtt/publish', 'AT+CMQTTTOPIC=0,3'), pace);
    expect(await topic).toBeNull();
  });

  it('retransmissions before the result', async () => {
    const opened = open();
    const line = 'AT+QMTPUB=0,9,1,0,"t",1';
    const extras = { intermediate: ([, , result]: readonly number[]) => result === 1 };
    const result = run(opened.channel, twoStage('+QMTPUB', {}, extras), line, 'x');
    await play(opened, exchange('qmt/failures', line), pace);
    expect(await result).toEqual([0, 9, 0]);
    // None of them is a line that nobody knows.
    expect(opened.events.filter((event) => event.startsWith('urc +QMTPUB'))).toEqual([]);
  });

  it('the number of a refusal in the line before ERROR', async () => {
    const opened = open();
    const topic = run(
      opened.channel,
      oneStage('+CMQTTTOPIC', { prompt: ANGLE }),
      'AT+CMQTTTOPIC=0,5',
      'aws/x',
    );
    const refused = expect(topic).rejects.toMatchObject({
      code: 'COMMAND_FAILED',
      number: 11,
      lines: ['+CMQTTTOPIC: 0,11'],
      message: expect.stringContaining('SIMCom 11'),
    });
    await play(opened, exchange('cmqtt/errors', 'AT+CMQTTTOPIC=0,5'), pace);
    await refused;
  });

  it('a result before ERROR', async () => {
    const opened = open();
    const command = twoStage('+CMQTTDISC', {}, { beforeError: true });
    const result = run(opened.channel, command, 'AT+CMQTTDISC=0,120');
    await play(opened, exchange('cmqtt/errors', 'AT+CMQTTDISC=0,120'), pace);
    expect(await result).toEqual([0, 11]);
  });
});

describe('a prompt', () => {
  it.each(['\r\n> ', '\r\n>| ', '\r\n|>| '])('of one character takes a space after it: %j', async (bytes) => {
    const { channel, module, events } = open();
    const done = run(channel, oneStage('+SMPUB', { prompt: ANGLE }), 'AT+SMPUB="t",1,1,0', 'x');
    await module.expects('AT+SMPUB="t",1,1,0\r\n');
    for (const piece of bytes.split('|')) await module.sends(piece);
    await module.expects('x');
    await module.sends('\r\nOK\r\n');
    expect(await done).toBeNull();
    expect(events).toEqual([]);
  });

  it('that is a line counts only where it is due, and never within another line', async () => {
    const { channel, module, events } = open();
    await module.sends('\r\nCONNECT\r\n');
    const uploaded = run(channel, UPLOAD, 'AT+QFUPL="a",1', 'x');
    await module.expects('AT+QFUPL="a",1\r\n');
    await module.sends('\r\nCONNECT 115200\r\n\r\nRECONNECT\r\n');
    expect(module.unexpected).toBe('');
    await module.sends('\r\nCONNECT\r\n');
    await module.expects('x');
    await module.sends('\r\nCONNECT\r\n\r\n+QFUPL: 1,78\r\n\r\nOK\r\n');
    expect(await uploaded).toEqual([1, 78]);
    expect(events).toEqual(['urc CONNECT', 'urc CONNECT 115200', 'urc RECONNECT', 'urc CONNECT']);
  });

  it.each(['a\x1ab', '\x1b'])(
    'refuses %j where Ctrl-Z ends the payload, before a byte is written',
    async (payload) => {
      const { channel, module } = open();
      const refused = run(
        channel,
        twoStage('+QMTPUB', { terminated: true }),
        'AT+QMTPUB=0,1,1,0,"t"',
        payload,
      );
      await expect(refused).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', field: 'payload' });
      expect(module.unexpected).toBe('');
    },
  );
});

/** Downlinks of SIMCom: a line with a count, then the bytes in a line of their own. */
const PIECE: Urc<string> = {
  name: '+CMQTTRX',
  parse: ({ text: head, payload }) => {
    const [name] = /^\+CMQTTRX(?:TOPIC|PAYLOAD|START|END)/.exec(head) ?? [];
    return name === undefined
      ? undefined
      : `${name.slice(8)}${payload === undefined ? '' : ` ${text(payload)}`}`;
  },
  format: () => ({ text: '' }),
  counted: (line) => {
    const length = /^\+CMQTTRX(?:TOPIC|PAYLOAD): \d+,(\d+)\r\n$/.exec(line)?.[1];
    return length === undefined ? undefined : { start: line.length, length: Number(length) };
  },
};

/** Downlinks of Quectel, with a count: bare, between quotes, or in the next line. */
const RECEIVED: Urc<readonly string[]> = {
  name: '+QMTRECV',
  parse: ({ text: head, payload }) => {
    const topic = /^\+QMTRECV: \d+,\d+,"([^"]*)",\d+[,\r]/.exec(head)?.[1];
    return topic === undefined || payload === undefined ? undefined : [topic, text(payload)];
  },
  format: () => ({ text: '' }),
  counted: (line) => {
    const match = /^\+QMTRECV: \d+,\d+,"[^"]*",(\d+)(?:,|\r\n$)/.exec(line);
    return match === null ? undefined : { start: match[0].length, length: Number(match[1]) };
  },
};

describe.each(PACES)('downlinks, %s', (_name, pace) => {
  it('in counted pieces, each in a line of its own', async () => {
    const opened = open();
    const pieces: string[] = [];
    opened.channel.onUrc(PIECE, (piece) => pieces.push(piece));
    await play(opened, readTranscript('cmqtt/receive').steps, pace);
    await play(opened, readTranscript('cmqtt/receive-split').steps, pace);
    expect(pieces).toEqual([
      ...['START', 'TOPIC $PERSISTENCE/configDn/0000000000000001', 'PAYLOAD {"boardType":0}', 'END'],
      ...['START', 'TOPIC simcommsg', 'END'],
      ...['START', 'TOPIC charger/id001/commands', 'PAYLOAD 01234\r\nOK\r\n"\x00\xff6789ab'],
      ...['PAYLOAD cdefghijkl', 'END'],
    ]);
    expect(opened.channel.stats.strayResults).toBe(0);
  });

  it('with a count in three spellings', async () => {
    const opened = open();
    const got: (readonly string[])[] = [];
    opened.channel.onUrc(RECEIVED, (message) => got.push(message));
    await play(opened, readTranscript('qmt/recv-direct').steps.slice(3), pace);
    expect(got).toEqual([
      ['test', '1234567890'],
      ['test', 'a\r\n","b"\r\nOK'],
      ['cmd/meter-7', '{"action":"restart"}'],
      ['cmd/meter-7', '{"relay1":1,"relay2":0}'],
    ]);
    expect(opened.channel.stats.strayResults).toBe(0);
  });
});

it('lets a listener hold commands back while a downlink streams in', async () => {
  const { channel, module } = open();
  let ended = () => {};
  channel.onUrc(PIECE, (piece) => {
    if (piece === 'START') {
      const end = new Promise<void>((resolve) => {
        ended = resolve;
      });
      void channel.exclusive(() => end, { priority: 'recovery' });
    }
    if (piece === 'END') ended();
  });
  await module.sends('\r\n+CMQTTRXSTART: 0,1,1\r\n');
  const answer = channel.send('AT+CSQ');
  await module.sends('+CMQTTRXTOPIC: 0,1\r\nt\r\n+CMQTTRXPAYLOAD: 0,1\r\nx\r\n');
  expect(module.unexpected).toBe('');
  await module.sends('+CMQTTRXEND: 0\r\n');
  await module.answers('AT+CSQ', '\r\n+CSQ: 27,99\r\n\r\nOK\r\n');
  expect(await answer).toMatchObject({ lines: ['+CSQ: 27,99'] });
});
