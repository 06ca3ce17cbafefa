import { Channel, type ChannelOptions } from '../../src/at/channel.js';
import {
  fixedRequest,
  NO_INFORMATION,
  type Nothing,
  type OneStageCommand,
  type TwoStageCommand,
} from '../../src/at/command.js';
import type { CountedHeader } from '../../src/at/line.js';
import type { Urc } from '../../src/at/urc.js';
import { type ScriptedModule, scriptedModule } from '../helpers/scripted-module.js';

/** Limits in ms that are never reached, and one that soon is. */
export const LONG = 10_000;
export const SOON = 15;

/** ms between two tries of a resynchronisation: far above what an answer takes on a busy machine. */
export const INTERVAL = 100;

export interface Opened {
  readonly channel: Channel;
  readonly module: ScriptedModule;
  /** The events `urc`, `reboot`, `unresponsive`, `dropped` and `close`, in order. */
  readonly events: string[];
}

export function open(options: ChannelOptions = {}): Opened {
  const [stream, module] = scriptedModule();
  const channel = new Channel(stream, { resync: { tries: 4, interval: INTERVAL }, ...options });
  const events: string[] = [];
  channel.on('urc', (text) => events.push(`urc ${text()}`));
  channel.on('reboot', (marker) => events.push(`reboot ${marker}`));
  channel.on('unresponsive', () => events.push('unresponsive'));
  channel.on('dropped', (reason, bytes) => events.push(`dropped ${reason} ${bytes}`));
  channel.on('close', (error) => events.push(`close ${error?.code}`));
  return { channel, module, events };
}

function pair(name: string): (text: string) => readonly [number, number] | undefined {
  const pattern = new RegExp(`^\\${name}: (\\d+),(\\d+)$`);
  return (text) => {
    const match = pattern.exec(text);
    return match === null ? undefined : [Number(match[1]), Number(match[2])];
  };
}

/** One stage: `AT+STATE` answers `+STATE: <a>,<b>`. */
export function query(name: string, response = LONG): OneStageCommand<Nothing, readonly [number, number]> {
  const parse = pair(name);
  return {
    name,
    form: 'action',
    request: fixedRequest(`AT${name}`),
    response: {
      format: ([a, b]) => [{ text: `${name}: ${a},${b}` }],
      parse: ([line]) => (line === undefined ? undefined : parse(line.text)),
      owns: (text) => parse(text) !== undefined,
    },
    limits: { response },
    abortable: false,
  };
}

/** One stage, nothing but a final result code. */
export const PLAIN: OneStageCommand<Nothing, Nothing> = {
  name: '+PLAIN',
  form: 'action',
  request: fixedRequest('AT+PLAIN'),
  response: NO_INFORMATION,
  limits: { response: LONG },
  abortable: false,
};

/** Bare text, as the serial number is. */
export const BARE: OneStageCommand<Nothing, string> = {
  name: '+BARE',
  form: 'action',
  request: fixedRequest('AT+BARE'),
  response: {
    format: (value) => [{ text: value }],
    parse: (lines) => lines.map(({ text }) => text).join('|'),
    owns: () => false,
    bare: true,
  },
  limits: { response: LONG },
  abortable: false,
};

/** `+PUB: <id>,<result>`. */
export const PUBLISHED: Urc<readonly [number, number]> = {
  name: '+PUB',
  parse: ({ text }) => pair('+PUB')(text),
  format: ([id, result]) => ({ text: `+PUB: ${id},${result}` }),
};

export interface Publish {
  readonly id: number;
  readonly payload?: Buffer;
}

/** Two stages, in data mode if there is a payload. */
export function publish(
  limits: TwoStageCommand<Publish, unknown>['limits'] = { response: LONG, result: LONG },
): TwoStageCommand<Publish, readonly [number, number]> {
  return {
    name: '+PUB',
    form: 'set',
    request: {
      format: ({ id, payload }) => `AT+PUB=${id}${payload === undefined ? '' : `,${payload.length}`}`,
      parse: () => undefined,
    },
    data: {
      largest: 40,
      escape: true,
      payload: ({ payload }) => payload,
      length: ({ payload }) => payload?.length,
      attach: (args, payload) => ({ ...args, payload }),
    },
    result: { urc: PUBLISHED, matches: ({ id }, [of]) => id === of },
    limits,
    abortable: false,
  };
}

function counted(name: string): CountedHeader {
  const pattern = new RegExp(`^\\${name}: (\\d+),`);
  return (text) => {
    const match = pattern.exec(text);
    return match === null ? undefined : { start: match[0].length, length: Number(match[1]) };
  };
}

/** A message that comes unasked: `+RECV: <length>,<payload>`. */
export const RECEIVED: Urc<string> = {
  name: '+RECV',
  parse: ({ payload }) => payload?.toString('latin1'),
  format: (value) => ({ text: `+RECV: ${value.length},`, payload: Buffer.from(value, 'latin1') }),
  counted: counted('+RECV'),
};

/** One stage with a counted response: `AT+READ` answers `+READ: <length>,<payload>`. */
export function read(response = LONG): OneStageCommand<Nothing, string> {
  return {
    name: '+READ',
    form: 'action',
    request: fixedRequest('AT+READ'),
    response: {
      format: () => [],
      parse: ([line]) => line?.payload?.toString('latin1'),
      owns: (text) => text.startsWith('+READ: '),
      counted: counted('+READ'),
    },
    limits: { response },
    abortable: false,
  };
}

/** `+NOTE: <number>`, unasked. */
export const NOTE: Urc<number> = {
  name: '+NOTE',
  parse: ({ text }) => (/^\+NOTE: \d+$/.test(text) ? Number(text.slice(7)) : undefined),
  format: (value) => ({ text: `+NOTE: ${value}` }),
};
