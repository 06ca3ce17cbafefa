import { choiceField, type Field, FLAG, integerField } from '../fields.js';
import { MAX_KEEPALIVE } from '../limits.js';
import { settingCodec } from './setting-codec.js';

/** Before LMQTTOPEN: lmqtt.md 2 [M]. */
export interface KeepaliveSetting {
  readonly key: 'keepalive';
  /** 0–3600, default 120; 0 = never. */
  readonly seconds: number;
}

export const KEEPALIVE = settingCodec<KeepaliveSetting>('keepalive', {
  seconds: integerField(0, MAX_KEEPALIVE),
});

/** Before LMQTTOPEN: lmqtt.md 2 [M]. */
export interface CleanSetting {
  readonly key: 'session';
  /** Default false: the broker keeps the session. */
  readonly clean: boolean;
}

export const SESSION = settingCodec<CleanSetting>('session', { clean: FLAG });

/** How the module repeats packets that are not acknowledged; `60,3,0` seen: lmqtt.md 2 [C]. */
export interface TimeoutSetting {
  readonly key: 'timeout';
  /** Seconds, 1–60; the range is that of the sister dialect [A]. */
  readonly packetTimeout: number;
  /** 0–10; the range is that of the sister dialect [A]. */
  readonly retries: number;
  /** Whether the module tells of each repetition. */
  readonly notice: boolean;
}

export const TIMEOUT = settingCodec<TimeoutSetting>('timeout', {
  packetTimeout: integerField(1, 60),
  retries: integerField(0, 10),
  notice: FLAG,
});

/** 3 = MQTT 3.1, 4 = MQTT 3.1.1: lmqtt.md 2 [C]. */
export interface VersionSetting {
  readonly key: 'version';
  readonly version: 3 | 4;
}

const VERSIONS: Field<3 | 4> = choiceField([3, 4]);

export const VERSION = settingCodec<VersionSetting>('version', { version: VERSIONS });
