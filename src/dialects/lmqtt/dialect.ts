import { checkInteger, checkOneOf, checkText } from '../../at/checks.js';
import type { Dialect, Publication, SessionOptions, TopicFilter } from '../dialect.js';
import { CONFIG, CONNECT, OPEN } from './connection-commands.js';
import { QOS, TOPIC_FILTER } from './fields.js';
import { CONNECTION_ID as id, MAX_KEEPALIVE, MAX_WILL_MESSAGE } from './limits.js';
import { PUBLISH } from './message-commands.js';
import { choosePayloadForm, largestPayload, PROFILES, type ProfileName } from './profiles.js';
import { LmqttSession } from './session.js';
import { plannedSettings } from './session-settings.js';
import { checkTripleText, LMQTT_TRIPLES } from './triples.js';

/**
 * Lierda LMQTT: NT35E, NT26E-CN, NT26-KCN. The checks format the very command lines that would be written, so they
 * refuse exactly what the wire cannot carry.
 */
export const LMQTT: Dialect = {
  name: 'lmqtt',

  checkSession(options: SessionOptions): void {
    const { broker, clientId, username, password, keepalive, will, triple } = options;
    const profile = PROFILES[checkOneOf('profile', options.profile, Object.keys(PROFILES)) as ProfileName];
    // Under the names that the caller knows.
    checkInteger('keepalive', keepalive, 0, MAX_KEEPALIVE);
    if (will !== undefined) checkText('will.payload', will.payload, { min: 0, max: MAX_WILL_MESSAGE });
    if (triple !== undefined) checkTripleText(triple);
    for (const { setting } of plannedSettings(options, profile)) CONFIG.request.format(setting);
    OPEN.request.format({ id, host: broker.host, port: broker.port });
    CONNECT.request.format({
      id,
      clientId,
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
    });
  },

  checkPublication(publication: Publication, options: Pick<SessionOptions, 'profile'>): void {
    const form = choosePayloadForm(publication.payload, PROFILES[options.profile as ProfileName]);
    PUBLISH.request.format({ id, messageId: 1, form, ...publication });
  },

  checkFilters(filters: readonly TopicFilter[]): void {
    for (const { topic, qos } of filters) {
      TOPIC_FILTER.format('topic', topic);
      QOS.format('qos', qos);
    }
  },

  largestPayload({ profile }: Pick<SessionOptions, 'profile'>): number {
    return largestPayload(PROFILES[profile as ProfileName]);
  },

  triples: LMQTT_TRIPLES,

  createSession: (port, options, handlers) => new LmqttSession(port, options, handlers),
};
