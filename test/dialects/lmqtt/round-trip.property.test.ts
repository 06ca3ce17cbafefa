import fc, { type Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/at/command.js';
import type { Urc } from '../../../src/at/urc.js';
import {
  CLOSE,
  CONFIG,
  CONFIG_QUERY,
  CONNECT,
  CONNECT_STATE,
  DISCONNECT,
  OPEN,
} from '../../../src/dialects/lmqtt/connection-commands.js';
import { COMMANDS, URCS } from '../../../src/dialects/lmqtt/declarations.js';
import { PUBLISH, READ, SUBSCRIBE_UNSUBSCRIBE } from '../../../src/dialects/lmqtt/message-commands.js';
import {
  ANNOUNCED_MESSAGE,
  BARE_HEX_MESSAGE,
  COUNTED_MESSAGE,
  HEX_MESSAGE,
  LINE_MESSAGE,
  SESSION_STATUS,
} from '../../../src/dialects/lmqtt/messages.js';
import * as some from './arbitraries.js';

const connection = fc.record({ id: some.id });
const state = fc.record({ id: some.id, state: fc.constantFrom(1, 2, 3, 4) });

/** Each command with its arguments and its values. */
const TRIED: readonly (readonly [Command<unknown, unknown>, Arbitrary<unknown>, Arbitrary<unknown>])[] = [
  [
    CONFIG,
    fc.tuple(some.id, some.settingValues).map(([id, values]) => ({ ...values, id })),
    fc.constant(null),
  ],
  [
    CONFIG_QUERY,
    fc.tuple(some.id, some.settingValues).map(([id, { key }]) => ({ key, id })),
    some.settingValues,
  ],
  [OPEN, some.open, some.connectionResult],
  [CONNECT, some.connect, some.connectResult],
  [CONNECT_STATE, fc.constant(null), state],
  [
    SUBSCRIBE_UNSUBSCRIBE,
    some.subscribe,
    fc.oneof(
      some.messageResult,
      some.messageResult.map((value) => ({ ...value, name: '+LMQTTUNSUNSUB' })),
    ),
  ],
  [PUBLISH, some.publish, some.messageResult],
  [READ, some.messageRequest, some.message],
  [DISCONNECT, connection, some.connectionResult],
  [CLOSE, connection, some.connectionResult],
];

const isWrapped = (payload: Buffer) => payload.length > 1 && payload[0] === 0x22 && payload.at(-1) === 0x22;

const URC_VALUES: readonly (readonly [Urc<unknown>, Arbitrary<unknown>])[] = [
  [COUNTED_MESSAGE, some.message],
  [HEX_MESSAGE, some.message],
  [BARE_HEX_MESSAGE, some.message],
  [
    LINE_MESSAGE,
    // Line mode cannot carry line ends, and quotes around the whole are ambiguous: lmqtt.md 6.
    fc
      .record({ id: some.id, messageId: some.messageId, topic: some.topic, payload: some.inlineBytes })
      .filter(({ payload }) => !isWrapped(payload)),
  ],
  [ANNOUNCED_MESSAGE, some.messageRequest],
  [SESSION_STATUS, some.status],
];

/** What the TA makes of a command line, its data-mode payload attached. */
function received(command: Command<unknown, unknown>, args: unknown): unknown {
  const line = command.request.format(args);
  expect(line).toMatch(/^AT[^\r\n\0]*$/);
  expect(Buffer.from(line, 'latin1').toString('latin1')).toBe(line);
  const parsed = command.request.parse(line);
  const payload = command.data?.payload(args);
  if (payload === undefined) return parsed;
  expect(command.data?.length(parsed)).toBe(payload.length);
  return command.data?.attach(parsed, payload);
}

describe('round trips', () => {
  it('try every declaration', () => {
    expect(TRIED.map(([command]) => command)).toEqual(COMMANDS);
    expect(URC_VALUES.map(([urc]) => urc)).toEqual(URCS);
  });

  it.each(TRIED)('$name $form: arguments', (command, args) => {
    fc.assert(
      fc.property(args, (value) => {
        expect(received(command, value)).toEqual(value);
      }),
    );
  });

  it.each(TRIED)('$name $form: values', (command, _args, values) => {
    fc.assert(
      fc.property(values, (value) => {
        const { response, result } = command;
        if (result !== undefined) {
          expect(result.urc.parse(result.urc.format(value))).toEqual(value);
        } else {
          const lines = response.format(value);
          expect(lines.every((line) => response.owns(line.text))).toBe(true);
          expect(response.parse(lines)).toEqual(value);
        }
      }),
    );
  });

  it.each(URC_VALUES)('$name', (urc, values) => {
    fc.assert(
      fc.property(values, (value) => {
        expect(urc.parse(urc.format(value))).toEqual(value);
      }),
    );
  });

  it.each([COUNTED_MESSAGE.counted, READ.response.counted])('a counted line is found again %#', (counted) => {
    const format = counted === COUNTED_MESSAGE.counted ? COUNTED_MESSAGE.format : READ.response.format;
    fc.assert(
      fc.property(some.message, (message) => {
        const line = [format(message)].flat()[0];
        const wire = `${line?.text}${line?.payload?.toString('latin1')}\r\n`;
        expect(counted?.(wire.slice(0, wire.indexOf('\n') + 1))).toEqual({
          start: line?.text.length,
          length: message.payload.length,
        });
      }),
    );
  });

  it('no line makes a parser throw', () => {
    const noise = fc.oneof(
      fc.string(),
      fc.string().map((rest) => `AT+LMQTTPUB=0,9,1,0,"t",${rest}`),
      fc.string().map((rest) => `AT+LMQTTCFG="will",0,1,${rest}`),
      fc.string().map((rest) => `+LMQTTURC: RECV,0,1,${rest}`),
      fc.string().map((rest) => `+LMQTTCFG: "will",${rest}`),
    );
    fc.assert(
      fc.property(noise, (text) => {
        for (const { request, response, result } of COMMANDS) {
          request.parse(text);
          response?.owns(text);
          response?.parse([{ text }]);
          result?.urc.parse({ text });
        }
        for (const urc of URCS) {
          urc.parse({ text });
          expect(urc.counted?.(text)?.length ?? 0).toBeLessThanOrEqual(8000);
        }
      }),
    );
  });
});
