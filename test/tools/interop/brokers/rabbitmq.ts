import { hasRabbitmq, startRabbitmq as startNode } from '../../../helpers/rabbitmq.js';
import { NotRun } from '../../shared/not-run.js';
import { inTools } from '../../shared/project.js';
import type { Cleanup } from '../harness/cleanup.js';
import { ACCOUNT, ADMIN, ALLOWED, type Broker, type Endpoint } from './broker.js';

const ANYONE = { username: 'anyone', password: 'pass-of-anyone', write: '.*', read: '.*' } as const;

/** Debian's RabbitMQ with its MQTT plugins: one node, whose plain door knows accounts as well. */
export async function startRabbitmq(cleanup: Cleanup, installed = hasRabbitmq): Promise<Broker> {
  if (!installed) throw new NotRun('RabbitMQ is not installed (Debian package: rabbitmq-server)');
  const below = `^${ALLOWED}\\.`;
  const node = await startNode({
    anonymous: ANYONE,
    accounts: [
      { ...ACCOUNT, write: below, read: below },
      { ...ADMIN, write: '.*', read: '.*' },
    ],
    tls: {
      ca: inTools('interop/tls/ca.pem'),
      cert: inTools('interop/tls/server.pem'),
      key: inTools('interop/tls/server.key'),
    },
    webSocket: true,
  });
  cleanup.add(() => node.stop());
  return {
    name: 'rabbitmq',
    title: `RabbitMQ ${node.version}`,
    // Measured with MQTT.js on both sides, which is granted QoS 1 when it asks for 2.
    lacks: {
      deliversQos2: 'RabbitMQ takes QoS 2 and delivers it as QoS 1, to any client',
      pubrec: 'RabbitMQ answers QoS 2 with PUBACK, which mosquitto_pub takes for a protocol error',
      sys: 'RabbitMQ has no `$SYS` topics',
    },
    doors: {
      plain: at(node.port),
      tls: at(node.tlsPort),
      mutual: 'RabbitMQ has one set of TLS settings for all its MQTT ports, and `tls` needs the other one',
      ws: at(node.webSocketPort),
      guarded: at(node.port),
    },
  };
}

function at(port: number): Endpoint {
  return { host: '127.0.0.1', port };
}
