import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import type { Qos } from '../../../../src/dialects/dialect.js';
import { inTools } from '../../shared/project.js';
import type { Endpoint } from '../brokers/broker.js';
import { Inbox } from '../harness/inbox.js';
import { inPortions } from '../harness/messages.js';
import type { FarClient, FarDriver, FarFilter, FarMessage, FarOptions } from './far-client.js';
import type { PahoClient, PahoLibrary, PahoMessage, TerminableSocket } from './paho-js-types.js';

const fromClients = createRequire(inTools('interop/clients/package.json'));

/** Eclipse Paho for JavaScript as a browser runs it, with `ws` as the browser's WebSocket. */
export const PAHO_JS: FarDriver = {
  name: 'paho-js',
  title: 'Paho JavaScript, WebSocket',
  door: 'ws',
  missing: async () => {
    try {
      fromClients.resolve('paho-mqtt');
      return undefined;
    } catch {
      return 'paho-mqtt is not installed in test/tools/interop/clients';
    }
  },
  open: async (endpoint, options) => openPaho(endpoint, options),
};

let lastSocket: TerminableSocket | undefined;

/** Paho takes the WebSocket of the page; this one is remembered, so that it can be torn. */
function library(): PahoLibrary {
  const WebSocket = fromClients('ws') as new (url: string, protocols: string[]) => TerminableSocket;
  class RememberedSocket extends WebSocket {
    constructor(url: string, protocols: string[]) {
      super(url, protocols);
      lastSocket = this;
    }
  }
  Object.assign(globalThis, { WebSocket: RememberedSocket });
  return fromClients('paho-mqtt') as PahoLibrary;
}

async function openPaho({ host, port, login }: Endpoint, options: FarOptions): Promise<FarClient> {
  const paho = library();
  const { clientId = `paho-${randomBytes(4).toString('hex')}`, clean = true, protocolVersion = 4 } = options;
  const client = new paho.Client(host, port, '/mqtt', clientId);
  const inbox = new Inbox<FarMessage>();
  const unacknowledged = new Map<PahoMessage, () => void>();
  client.onMessageArrived = (message) => inbox.push(received(message));
  client.onMessageDelivered = (message) => unacknowledged.get(message)?.();
  const toPaho = ({ topic, payload, qos, retain }: FarMessage): PahoMessage => {
    const message = new paho.Message(new Uint8Array(payload));
    return Object.assign(message, { destinationName: topic, qos, retained: retain });
  };
  const connected = new Promise<void>((resolve, reject) => {
    client.connect({
      cleanSession: clean,
      mqttVersion: protocolVersion,
      ...(login === undefined ? {} : { userName: login.username, password: login.password }),
      ...(options.will === undefined ? {} : { willMessage: toPaho(options.will) }),
      onSuccess: () => resolve(),
      onFailure: ({ errorMessage }) => reject(new Error(errorMessage)),
    });
  });
  const socket = lastSocket;
  await connected;
  return {
    inbox,
    subscribe: async (filters) => {
      for (const filter of filters) await subscribe(client, filter);
    },
    publish: (messages) =>
      inPortions(messages, (message) => {
        const out = toPaho(message);
        const done = new Promise<void>((resolve) => unacknowledged.set(out, resolve));
        client.send(out);
        return done;
      }),
    end: async () => {
      inbox.close();
      if (client.isConnected()) client.disconnect();
    },
    kill: async () => socket?.terminate(),
  };
}

function subscribe(client: PahoClient, { topic, qos }: FarFilter): Promise<void> {
  return new Promise((resolve, reject) => {
    client.subscribe(topic, {
      qos,
      onSuccess: () => resolve(),
      onFailure: ({ errorCode }) => reject(new Error(`SUBACK ${errorCode}`)),
    });
  });
}

function received({ destinationName, payloadBytes, qos, retained }: PahoMessage): FarMessage {
  return { topic: destinationName, payload: Buffer.from(payloadBytes), qos: qos as Qos, retain: retained };
}
