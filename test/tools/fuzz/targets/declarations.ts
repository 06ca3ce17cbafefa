import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Command } from '../../../../src/at/command.js';
import type { Line } from '../../../../src/at/line.js';
import type { Urc } from '../../../../src/at/urc.js';
import { PUBLISH } from '../../../../src/dialects/lmqtt/message-commands.js';
import type { Target } from '../campaign.js';
import { ALL_COMMANDS, ALL_URCS } from '../declarations.js';
import { hostileLine, mutated } from '../wire.js';

const line: fc.Arbitrary<Line> = fc.oneof(
  hostileLine.map((text) => ({ text })),
  fc.record({ text: hostileLine, payload: fc.uint8Array({ maxLength: 8 }).map((some) => Buffer.from(some)) }),
);

/** What a parser understood can be said again, and is understood the same then. */
function checkUrc(urc: Urc<unknown>, received: Line): void {
  const value = urc.parse(received);
  if (value !== undefined) assert.deepEqual(urc.parse(urc.format(value)), value, urc.name);
  const span = urc.counted?.(received.text);
  if (span !== undefined) assert(span.start <= received.text.length && span.length <= 8000);
}

function checkResponse({ response, result }: Command<unknown, unknown>, lines: readonly Line[]): void {
  for (const received of lines) {
    response?.owns(received.text);
    response?.counted?.(received.text);
    if (result !== undefined) checkUrc(result.urc, received);
  }
  const value = response?.parse(lines);
  if (response === undefined || value === undefined) return;
  assert.deepEqual(response.parse(response.format(value)), value, response.constructor.name);
}

/**
 * A line that the TA takes is one that the TE could have written, but for control characters in a payload: the TA counts
 * it, and the TE does not rely on that.
 */
function checkRequest({ name, request, data }: Command<unknown, unknown>, text: string): void {
  const args = request.parse(text);
  if (args === undefined) return;
  if (name === PUBLISH.name && /[\0-\x1f\x7f]/.test(text)) {
    assert.throws(() => request.format(args), { field: 'payload' });
    return;
  }
  const written = request.format(args);
  assert.match(written, /^AT[^\0-\x1f\x7f]*$/, name);
  assert.deepEqual(request.parse(written), args, name);
  assert((data?.length(args) ?? 0) <= 8000);
}

export const URC_PARSERS: Target = {
  name: 'URC parsers',
  weight: 15,
  property: fc.property(line, (received) => {
    for (const urc of ALL_URCS) checkUrc(urc, received);
  }),
};

export const RESPONSE_PARSERS: Target = {
  name: 'response parsers',
  weight: 15,
  property: fc.property(fc.array(line, { maxLength: 3 }), (lines) => {
    for (const command of ALL_COMMANDS) checkResponse(command, lines);
  }),
};

const REQUESTS = [
  'AT+LMQTTCFG="will",0,1,1,0,"t/x","off"',
  'AT+LMQTTCFG="aliauth",0,"pk","dn","ds"',
  'AT+LMQTTCFG="recv/mode",0,0,1',
  'AT+LMQTTCFG="keepalive",0',
  'AT+LMQTTOPEN=0,"h",1883',
  'AT+LMQTTCONN=0,"id","u","p"',
  'AT+LMQTTSUBUNSUB=0,0,1,"a/#",1,"b",2',
  'AT+LMQTTPUB=0,1,1,0,"t",2,"ab"',
  'AT+LMQTTPUB=0,1,1,0,"t",2',
  'AT+LMQTTREAD=0,1',
  'AT+CFUN=0,1',
  'AT+LUIMSLOT=1',
  'AT+CEREG=2',
  'AT+IPR=115200',
];

export const REQUEST_PARSERS: Target = {
  name: 'request parsers',
  weight: 15,
  property: fc.property(fc.oneof(hostileLine, mutated(fc.constantFrom(...REQUESTS))), (text) => {
    for (const command of ALL_COMMANDS) checkRequest(command, text.replace(/[\r\n]/g, ''));
  }),
};
