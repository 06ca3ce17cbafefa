import type { EventEmitter } from 'node:events';
import type { AedesOptions, AedesPublishPacket, Client, PublishPacket, Subscription } from 'aedes';
import { isOwnTopic } from '../../cloud/aliyun/wire/topics.js';
import type { CloudSession } from './cloud-session.js';
import type { AliyunCloudEvents, DeviceMessage } from './events.js';
import type { RegisteringClients } from './registering-clients.js';
import type { Sessions } from './sessions.js';

/** Where messages go that nobody gets: no device can subscribe to it. */
export const NOWHERE = '$dropped';

type Hooks = Required<Pick<AedesOptions, 'authorizePublish' | 'authorizeSubscribe' | 'authorizeForward'>>;

/** What devices may publish, subscribe to and get; aliyun.md 1. */
export function topicRules(
  sessions: Sessions,
  registering: RegisteringClients,
  events: EventEmitter<AliyunCloudEvents>,
): Hooks {
  return {
    authorizePublish: (client, packet, done) => {
      const session = client === null ? undefined : sessions.of(client);
      // There is no QoS 2 [D]; that the connection is closed is MQTT 3.1.1's way to refuse it, 4.8 [A].
      if (session !== undefined && packet.qos === 2) {
        sessions.end(session, 'QoS 2');
        return done(new Error('QoS 2 is not served'));
      }
      // There are no retained messages [D]: it goes to who is subscribed, and nowhere else [A].
      packet.retain = false;
      if (session === undefined || !isOwnTopic(session.login, packet.topic)) {
        if (session !== undefined) events.emit('dropped', messageOf(session, packet));
        // Acknowledged all the same: MQTT 3.1.1 3.3.5 [A].
        packet.topic = NOWHERE;
      }
      done(null);
    },
    authorizeSubscribe: (client, subscription, done) => {
      const session = sessions.of(client);
      const own = session !== undefined && isOwnTopic(session.login, subscription.topic);
      // Null is SUBACK 0x80 [A].
      done(null, own ? withPublishersQos(subscription) : null);
    },
    // The broker keeps a refused subscription that shares its SUBSCRIBE with others.
    authorizeForward: (client, packet) => (mayGet(client, packet) ? packet : null),
  };

  function mayGet(client: Client, { topic }: AedesPublishPacket): boolean {
    const session = sessions.of(client);
    return session === undefined ? registering.awaits(client, topic) : isOwnTopic(session.login, topic);
  }
}

export function messageOf({ login }: CloudSession, { topic, payload, qos }: PublishPacket): DeviceMessage {
  return { ...login, topic, payload: Buffer.from(payload), qos };
}

/** The subscription's own QoS is ignored, the publisher's decides [D]; SUBACK grants what was asked for [A]. */
function withPublishersQos(subscription: Subscription): Subscription {
  subscription.qos = 1;
  return subscription;
}
