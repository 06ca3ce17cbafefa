import { type FieldList, formatFields, parseFields } from '../field-list.js';
import { FLAG, QOS, type Qos, TOPIC_NAME, textField } from '../fields.js';
import { MAX_WILL_MESSAGE } from '../limits.js';
import type { SettingCodec } from './setting-codec.js';

export interface Will {
  readonly qos: Qos;
  readonly retain: boolean;
  /** 1–256 bytes, no wildcards. */
  readonly topic: string;
  /** 0–256 bytes [A], without quotes and control characters. */
  readonly message: string;
}

/** `"will",<id>,<flag>[,<qos>,<retain>,"topic","message"]`, before LMQTTOPEN: lmqtt.md 2 [M]. */
export interface WillSetting {
  readonly key: 'will';
  /** null: no will. */
  readonly will: Will | null;
}

const WILL_FIELDS: FieldList<Will> = {
  qos: QOS,
  retain: FLAG,
  topic: TOPIC_NAME,
  message: textField({ min: 0, max: MAX_WILL_MESSAGE }),
};

export const WILL: SettingCodec<WillSetting> = {
  format: ({ will }) => (will === null ? '0' : `1,${formatFields(WILL_FIELDS, will, 'will.')}`),
  parse: ([flag, ...values]) => {
    const present = FLAG.parse(flag);
    if (present === undefined) return undefined;
    // What a module says behind a flag of 0 is not documented, and does not matter.
    if (!present) return { key: 'will', will: null };
    const will = parseFields(WILL_FIELDS, values);
    return will && { key: 'will', will };
  },
};
