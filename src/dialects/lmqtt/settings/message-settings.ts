import { choiceField, FLAG } from '../fields.js';
import { settingCodec } from './setting-codec.js';

/** 0 text, 1 string as hex, 2 hex text: lmqtt.md 2 [M]. */
export type WireFormat = 0 | 1 | 2;

const WIRE_FORMAT = choiceField<WireFormat>([0, 1, 2]);

/** lmqtt.md 2 [M]. */
export interface CacheSetting {
  readonly key: 'cache';
  /** Whether RECV only announces a message, to be fetched with LMQTTREAD; false: RECV carries it. */
  readonly announceOnly: boolean;
}

export const CACHE = settingCodec<CacheSetting>('cache', { announceOnly: FLAG });

/** Formats of both directions: lmqtt.md 2 [M]; their numbers are taken from `send/mode` [A]. */
export interface DataFormatSetting {
  readonly key: 'dataformat';
  readonly send: WireFormat;
  readonly receive: WireFormat;
}

export const DATA_FORMAT = settingCodec<DataFormatSetting>('dataformat', {
  send: WIRE_FORMAT,
  receive: WIRE_FORMAT,
});

/** Format of payloads in LMQTTPUB: lmqtt.md 2 [M]. */
export interface SendModeSetting {
  readonly key: 'send/mode';
  readonly format: WireFormat;
}

export const SEND_MODE = settingCodec<SendModeSetting>('send/mode', { format: WIRE_FORMAT });

/** Format of payloads in RECV: lmqtt.md 2 [M]. */
export interface ReceiveModeSetting {
  readonly key: 'recv/mode';
  readonly format: WireFormat;
  /** Whether the length stands before the payload. */
  readonly showLength: boolean;
}

export const RECEIVE_MODE = settingCodec<ReceiveModeSetting>('recv/mode', {
  format: WIRE_FORMAT,
  showLength: FLAG,
});

/** One author measured that it must be on for result URCs [T]; field code never sends it [C]: lmqtt.md 2. */
export interface UrcSetting {
  readonly key: 'urc';
  readonly enabled: boolean;
}

export const URC = settingCodec<UrcSetting>('urc', { enabled: FLAG });
