import { FLAG, integerField } from '../fields.js';
import { settingCodec } from './setting-codec.js';

/** Fast release of the radio during keepalive: lmqtt.md 2 [M]. */
export interface ReleaseAssistanceSetting {
  readonly key: 'raimode';
  /** 0–2, as the release assistance indication of TS 24.301 9.9.4.25 [A]. */
  readonly mode: number;
}

export const RELEASE_ASSISTANCE = settingCodec<ReleaseAssistanceSetting>('raimode', {
  mode: integerField(0, 2),
});

/**
 * lmqtt.md 2 [M]. How certificates get into a context is not public, nor whether the module verifies that of
 * the broker [A].
 */
export interface TlsSetting {
  readonly key: 'sslenable';
  readonly enabled: boolean;
  /** TLS context, 0–5. */
  readonly context: number;
}

export const TLS = settingCodec<TlsSetting>('sslenable', { enabled: FLAG, context: integerField(0, 5) });
