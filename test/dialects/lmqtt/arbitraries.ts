import fc, { type Arbitrary } from 'fast-check';
import type { PublishRequest } from '../../../src/dialects/lmqtt/message-commands.js';
import type { SettingValues } from '../../../src/dialects/lmqtt/settings.js';

/** Unicode text that may stand between quotes, up to `max` bytes. */
export function text(max: number, min = 1): Arbitrary<string> {
  return fc
    .string({ unit: 'grapheme', minLength: min, maxLength: Math.floor(max / 4) })
    .map((value) => value.replace(/["\u0000-\u001f\u007f]/g, '_'))
    .filter((value) => Buffer.byteLength(value) <= max);
}

export const id = fc.integer({ min: 0, max: 4 });
export const messageId = fc.integer({ min: 1, max: 65535 });
export const qos = fc.constantFrom(0 as const, 1 as const, 2 as const);
export const topic = text(256).map((value) => value.replace(/[+#]/g, '_'));
export const filter = fc.tuple(topic, fc.constantFrom('', '/+', '/#', '/+/#')).map((parts) => parts.join(''));
const result = fc.integer({ min: -999, max: 999 });
const flag = fc.boolean();
const format = fc.constantFrom(0 as const, 1 as const, 2 as const);

const EVERY_BYTE = Uint8Array.from({ length: 256 }, (_, byte) => byte);

/** Every byte value, and what could pass for the end of a payload, of a line, of a command. */
export const bytes = fc
  .oneof(fc.uint8Array({ maxLength: 600 }), fc.constant(EVERY_BYTE))
  .map((value) => Buffer.concat([value, Buffer.from('",5,"\r\nOK\r\n')]));

export const inlineBytes = bytes.map((value) =>
  Buffer.from(value.filter((byte) => byte >= 0x20 && byte !== 0x7f)),
);

export const settingValues: Arbitrary<SettingValues> = fc.oneof(
  fc.record({ key: fc.constant('keepalive' as const), seconds: fc.integer({ min: 0, max: 3600 }) }),
  fc.record({ key: fc.constant('session' as const), clean: flag }),
  fc.record({
    key: fc.constant('timeout' as const),
    packetTimeout: fc.integer({ min: 1, max: 60 }),
    retries: fc.integer({ min: 0, max: 10 }),
    notice: flag,
  }),
  fc.record({ key: fc.constant('version' as const), version: fc.constantFrom(3 as const, 4 as const) }),
  fc.record({
    key: fc.constant('will' as const),
    will: fc.option(fc.record({ qos, retain: flag, topic, message: text(256, 0) })),
  }),
  fc.record({ key: fc.constant('cache' as const), announceOnly: flag }),
  fc.record({ key: fc.constant('dataformat' as const), send: format, receive: format }),
  fc.record({ key: fc.constant('send/mode' as const), format }),
  fc.record({ key: fc.constant('recv/mode' as const), format, showLength: flag }),
  fc.record({ key: fc.constant('urc' as const), enabled: flag }),
  fc.record({ key: fc.constant('raimode' as const), mode: fc.integer({ min: 0, max: 2 }) }),
  fc.record({
    key: fc.constant('sslenable' as const),
    enabled: flag,
    context: fc.integer({ min: 0, max: 5 }),
  }),
  fc.record({
    key: fc.constant('cloud' as const),
    type: fc.integer({ min: 0, max: 9 }),
    dataType: fc.integer({ min: 0, max: 9 }),
  }),
  fc.record({
    key: fc.constant('aliauth' as const),
    productKey: text(64),
    deviceName: text(64),
    deviceSecret: text(64),
  }),
  fc.constant({ key: 'aliauth', productKey: '', deviceName: '', deviceSecret: '' } as const),
);

export const open = fc.record({ id, host: text(100), port: fc.integer({ min: 1, max: 65535 }) });

export const connect = fc.oneof(
  fc.record({ id, clientId: text(256) }),
  fc.record({ id, clientId: text(256), username: text(256) }),
  fc.record({ id, clientId: text(256), username: text(256), password: text(256, 0) }),
);

export const subscribe = fc.record({
  id,
  action: fc.constantFrom('subscribe' as const, 'unsubscribe' as const),
  messageId,
  topics: fc.array(fc.record({ topic: filter, qos }), { minLength: 1, maxLength: 4 }),
});

function publishOf(form: PublishRequest['form'], payload: Arbitrary<Buffer>): Arbitrary<PublishRequest> {
  return fc.record({ id, messageId, qos, retain: flag, topic, form: fc.constant(form), payload });
}

/** The empty hex payload looks like the empty inline one on the wire, so none is made here. */
export const publish = fc.oneof(
  publishOf('inline', inlineBytes),
  publishOf('hex', bytes),
  publishOf('data', bytes),
);

export const messageRequest = fc.record({ id, messageId });

export const message = fc.record({ id, messageId, topic, payload: bytes });

export const connectionResult = fc.oneof(
  fc.record({ id, result }),
  fc.record({ id, result, extend: result }),
);

export const connectResult = fc.oneof(
  fc.record({ id, result: fc.constantFrom(0, 1, 2) }),
  fc.record({ id, result, returnCode: result }),
);

export const messageResult = fc.oneof(
  fc.record({ id, messageId, result }),
  fc.record({ id, messageId, result, extend: result }),
);

export const status = fc.oneof(
  fc.record({ id, status: result }),
  fc.record({ id, status: result, extend: result }),
);
