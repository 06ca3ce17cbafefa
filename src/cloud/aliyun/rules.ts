import { checkInteger, checkOneOf } from '../../at/checks.js';
import type { BrokerRules } from '../../client/rules.js';
import { ArgumentError } from '../../errors/kinds.js';

/** Keepalive in s that the cloud takes; a CONNECT with another one is refused: aliyun.md 1 [D]. */
export const MIN_KEEPALIVE = 30;
export const MAX_KEEPALIVE = 1200;

/** s; the least that is advised: aliyun.md 1 [D]. */
export const DEFAULT_KEEPALIVE = 300;

const QOS = [0, 1] as const;

/** What Alibaba Cloud IoT takes of MQTT: no QoS 2, no will, no retained messages; aliyun.md 1 [D]. */
export const ALIYUN_RULES: BrokerRules = {
  checkSession({ keepalive, will }): void {
    checkInteger('keepalive', keepalive, MIN_KEEPALIVE, MAX_KEEPALIVE);
    if (will !== undefined) {
      throw new ArgumentError('will', 'one', 'left out', 'leave the will out: Alibaba Cloud publishes none');
    }
  },

  checkPublication({ qos, retain }): void {
    checkOneOf('qos', qos, QOS);
    if (retain) throw new ArgumentError('retain', 'true', 'false: Alibaba Cloud keeps no messages');
  },

  checkFilters(filters): void {
    for (const { qos } of filters) checkOneOf('qos', qos, QOS);
  },
};
