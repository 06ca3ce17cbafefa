import { readFileSync } from 'node:fs';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { limited } from '../../../helpers/limited.js';
import { inTools } from '../../shared/project.js';
import type { Endpoint } from '../brokers/broker.js';
import { Inbox } from '../harness/inbox.js';
import { inPortions } from '../harness/messages.js';
import type { FarClient, FarDriver, FarMessage, FarOptions } from './far-client.js';

/** How MQTT.js is used elsewhere, with its own names. */
export interface MqttJsOptions extends FarOptions {
  readonly username?: string;
  readonly password?: string;
}

const SCHEMES = { plain: 'mqtt', tls: 'mqtts', ws: 'ws' } as const;

/** MQTT.js through one of its three ways. */
export function mqttjs(door: keyof typeof SCHEMES): FarDriver {
  const way = { plain: 'TCP', tls: 'TLS', ws: 'WebSocket' }[door];
  return {
    name: door === 'plain' ? 'mqttjs' : `mqttjs-${door}`,
    title: `MQTT.js, ${way}`,
    door,
    missing: async () => undefined,
    open: (endpoint, options) => openMqttJs(SCHEMES[door], endpoint, options),
  };
}

/** Rejects when CONNECT is refused or the socket fails. */
export async function openMqttJs(
  scheme: 'mqtt' | 'mqtts' | 'ws',
  { host, port, login }: Endpoint,
  options: MqttJsOptions = {},
): Promise<FarClient & { readonly client: MqttClient }> {
  const inbox = new Inbox<FarMessage>();
  const client = mqtt.connect(`${scheme}://${host}:${port}`, clientOptions({ ...login, ...options }));
  client.on('message', (topic, payload, { qos, retain }) => inbox.push({ topic, payload, qos, retain }));
  try {
    await new Promise<void>((resolve, reject) => {
      client.once('connect', () => resolve());
      client.once('error', reject);
      client.once('close', () => reject(new Error('closed before CONNACK')));
    });
  } catch (error) {
    client.end(true);
    throw error;
  }
  client.on('error', () => {});
  return {
    client,
    inbox,
    subscribe: async (filters) => {
      await client.subscribeAsync(Object.fromEntries(filters.map(({ topic, qos }) => [topic, { qos }])));
    },
    publish: (messages) =>
      inPortions(messages, ({ topic, payload, qos, retain }) =>
        client.publishAsync(topic, payload, { qos, retain }),
      ),
    end: async () => {
      inbox.close();
      if (!client.connected) return void client.end(true);
      // An orderly end waits for what is in flight, for ever if nobody answers.
      await limited(client.endAsync(), 1_000, 'DISCONNECT').catch(() => client.stream.destroy());
    },
    kill: async () => {
      client.stream.destroy();
      client.end(true);
    },
  };
}

function clientOptions({ protocolVersion = 4, will, ...rest }: MqttJsOptions): IClientOptions {
  return {
    ...rest,
    ...(will === undefined ? {} : { will }),
    ...(protocolVersion === 3 ? { protocolVersion, protocolId: 'MQIsdp' } : { protocolVersion }),
    ca: readFileSync(inTools('interop/tls/ca.pem')),
    reconnectPeriod: 0,
    connectTimeout: 5_000,
  };
}
