import { MAX_PAYLOAD } from './limits.js';
import {
  MISSPELT_UNSUBSCRIBE_RESULT,
  SUBSCRIBE_RESULT,
  type SubscribeResultName,
} from './urcs/subscribe-result.js';

export type ProfileName = 'nt26' | 'nt35e';

/** What differs from module to module within the dialect. */
export interface Profile {
  readonly name: ProfileName;
  /** Largest inline payload in bytes. */
  readonly inlineLimit: number;
  /** Largest payload in bytes, in data mode. */
  readonly payloadLimit: number;
  /** Whether a QoS 0 publish must carry `<msgID>` 0. */
  readonly zeroMessageIdForQos0: boolean;
  /** How the module spells the result of an unsubscribe; the driver accepts both. */
  readonly unsubscribeResultName: SubscribeResultName;
  /** `send/mode`: whether payloads go out as text or bytes, or as hex text. */
  readonly sendFormat: 'text' | 'hex';
  /** Whether the firmware keeps the triple over LMQTTCLOSE and restarts. */
  readonly keepsTriple: boolean;
}

/** Every setting dies with LMQTTCLOSE [T]; that the triple is no exception is assumed for all firmware [A]. */
const KEEPS_TRIPLE = false;

export const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  /** NT26E-CN, NT26-KCN: inline limit [M], `<msgID>` [T], spelling as seen [T]. */
  nt26: {
    name: 'nt26',
    inlineLimit: 1024,
    payloadLimit: MAX_PAYLOAD,
    zeroMessageIdForQos0: false,
    unsubscribeResultName: SUBSCRIBE_RESULT,
    sendFormat: 'text',
    keepsTriple: KEEPS_TRIPLE,
  },
  /** NT35E: inline limit [M], `<msgID>` [T], spelling of the manual's example; which module misspells it is open [A]. */
  nt35e: {
    name: 'nt35e',
    inlineLimit: 1460,
    payloadLimit: MAX_PAYLOAD,
    zeroMessageIdForQos0: true,
    unsubscribeResultName: MISSPELT_UNSUBSCRIBE_RESULT,
    sendFormat: 'text',
    keepsTriple: KEEPS_TRIPLE,
  },
};
