import { createRequire } from 'node:module';
import { freePorts } from '../../../helpers/free-port.js';
import { start, stop } from '../../../helpers/processes.js';
import { NotRun } from '../../shared/not-run.js';
import { inTools } from '../../shared/project.js';
import type { Cleanup } from '../harness/cleanup.js';
import { ACCOUNT, ADMIN, ALLOWED, type Broker } from './broker.js';

/** Mosca, the ancestor of Aedes, in a process and a folder of its own. */
export async function startMosca(cleanup: Cleanup): Promise<Broker> {
  const version = installed();
  const [plain = 0, tls = 0, mutual = 0, ws = 0, guarded = 0] = await freePorts(5);
  const ports = { plain, tls, mutual, ws, guarded };
  const files = {
    key: inTools('interop/tls/server.key'),
    cert: inTools('interop/tls/server.pem'),
    ca: inTools('interop/tls/ca.pem'),
  };
  const settings = JSON.stringify({ ports, files, accounts: [ACCOUNT, ADMIN], allowed: ALLOWED });
  const broker = await start(
    process.execPath,
    ['--no-deprecation', inTools('interop/mosca/serve.cjs'), settings],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  cleanup.add(() => stop(broker));
  await new Promise<void>((resolve, reject) => {
    broker.stdout?.once('data', () => resolve());
    broker.once('close', (code) => reject(new Error(`mosca ended with ${code}`)));
  });
  const host = '127.0.0.1';
  return {
    name: 'mosca',
    title: `Mosca ${version}`,
    // README of Mosca: "QoS 0 and QoS 1"; it grants 1 at most, and never acknowledges QoS 2.
    // What it kept it sends with the retain flag off, against MQTT 3.1.1 3.3.1.3, to whatever client.
    lacks: {
      qos2: 'Mosca has no QoS 2',
      retainFlag: 'Mosca delivers what it kept without the retain flag, to any client',
      // Measured with MQTT.js on both sides as well.
      keptOrder: 'Mosca shuffles what it kept for a session, for any client',
    },
    doors: {
      plain: { host, port: plain },
      tls: { host, port: tls },
      mutual: { host, port: mutual },
      ws: { host, port: ws },
      guarded: { host, port: guarded },
    },
  };
}

function installed(): string {
  try {
    const { version } = createRequire(inTools('interop/mosca/package.json'))('mosca/package.json') as {
      version: string;
    };
    return version;
  } catch {
    throw new NotRun('mosca could not be installed in test/tools/interop/mosca');
  }
}
