import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../../src/client/client.js';
import type { ConnectOptions } from '../../src/client/options.js';
import type { SimulatedModem } from '../../src/simulator/simulated-modem.js';
import type { TraceEntry } from '../../src/transport/trace.js';
import { Arrivals, Rig } from '../helpers/rig.js';

/** What goes wrong, and what is needed from outside until it is right again. */
interface Disaster {
  readonly name: string;
  strike(module: SimulatedModem): void;
  mend?(module: SimulatedModem): void;
}

const REBOOT: Disaster = { name: 'a reboot', strike: (module) => module.reboot() };
const GLUED_REBOOT: Disaster = {
  name: 'a reboot behind garbage',
  strike: (module) => {
    module.emitBytes(Buffer.from('\x00\xfe\x80+LMQ', 'latin1'));
    module.reboot();
  },
};
const BROKER_LOSS: Disaster = { name: 'the loss of the broker', strike: (module) => module.dropBroker() };
const RADIO_LOSS: Disaster = {
  name: 'the loss of the radio',
  strike: (module) => module.setNetwork({ registration: 2 }),
  mend: (module) => module.setNetwork({ registration: 1 }),
};
const UNPLUG: Disaster = {
  name: 'an unplugged port',
  strike: (module) => void module.unplug(),
  mend: (module) => void module.plugIn(),
};
const DISASTERS = [REBOOT, BROKER_LOSS, RADIO_LOSS, UNPLUG];

const PRINTABLE = ['one', 'two', 'three'].map((text) => Buffer.from(text));
const BINARY = [Buffer.from([0, 13, 10, 26]), Buffer.from([27, 62, 32]), Buffer.alloc(2000, 255)];

let rig: Rig;
let arrivals: Arrivals;
let struck: number;

beforeEach(async () => {
  rig = await Rig.start({ module: { latency: { roundTrip: 2 } } });
  struck = 0;
  arrivals = new Arrivals(await rig.other('up'));
});
afterEach(() => rig.stop());

/** Does it once; it is mended at the first failure after it, which the client must have survived by then. */
function doOnce(disaster: Disaster, client: Client): void {
  if (struck > 0) return;
  struck += 1;
  disaster.strike(rig.module);
  client.once('error', () => disaster.mend?.(rig.module));
}

async function start(options: Partial<ConnectOptions> = {}): Promise<Client> {
  const client = await rig.connect({ reconnectPeriod: 5, maxReconnectPeriod: 20, ...options });
  await client.subscribe('down', { qos: 1 });
  return client;
}

/** Everything accepted arrives, and messages flow both ways again. */
async function survives(client: Client, payloads: readonly Buffer[]): Promise<void> {
  await Promise.all(
    payloads.map((payload, qos) => client.publish('up', payload, { qos: qos === 1 ? 2 : 1 })),
  );
  expect(struck).toBe(1);
  await arrivals.until(payloads);
  if (!client.connected) await new Promise<void>((resolve) => client.once('connect', resolve));
  const down = once(client, 'message');
  const other = await rig.other();
  await other.publishAsync('down', 'x', { qos: 1 });
  expect((await down)[0]).toBe('down');
}

describe.each(DISASTERS)('$name', (disaster) => {
  it.each([
    /^ATE0/,
    /\+CMEE=1/,
    /\+CEREG=2/,
    /\+CPIN\?/,
    /\+CEREG\?/,
    /DISC=0/,
    /CLOSE=0/,
    /CFG="urc"/,
    /CFG="cache"/,
    /CFG="keepalive"/,
    /CFG="session"/,
    /CFG="version"/,
    /CFG="recv\/mode"/,
    /OPEN=0/,
    /CONN=0/,
    /SUBUNSUB=0,0/,
  ])('at %s', async (stage) => {
    const client = await start();
    rig.module.on('command', (line) => {
      if (stage.test(line)) doOnce(disaster, client);
    });
    rig.module.reboot();
    await survives(client, PRINTABLE);
  });

  it('at an inline publish', async () => {
    const client = await start();
    rig.module.on('command', (line) => {
      if (line.includes('LMQTTPUB=')) doOnce(disaster, client);
    });
    await survives(client, PRINTABLE);
  });

  it('between OK and the result of a publish', async () => {
    const client = await start();
    rig.module.on('published', () => doOnce(disaster, client));
    await survives(client, PRINTABLE);
  });

  it('at the prompt', async () => {
    const trace = ({ direction, bytes }: TraceEntry) => {
      if (direction === '<' && bytes.toString('latin1').endsWith('> ')) doOnce(disaster, client);
    };
    const client = await start({ trace });
    await survives(client, BINARY);
  });
});

describe.each([GLUED_REBOOT])('$name', (disaster) => {
  it.each([/CFG="session"/, /OPEN=0/, /LMQTTPUB=/])('at %s', async (stage) => {
    const client = await start();
    rig.module.on('command', (line) => {
      if (stage.test(line)) doOnce(disaster, client);
    });
    rig.module.dropBroker();
    await survives(client, PRINTABLE);
  });
});

describe.each([REBOOT, GLUED_REBOOT, UNPLUG])('$name', (disaster) => {
  it('while the module waits for the rest of a payload', async () => {
    rig.module.faults.on('stuck-prompt=1');
    const trace = ({ direction, bytes }: TraceEntry) => {
      if (direction !== '>' || bytes.length < 2000 || !bytes.includes(255)) return;
      rig.module.faults.off('stuck-prompt');
      doOnce(disaster, client);
    };
    const client = await start({ trace });
    await survives(client, BINARY.slice(2));
  });
});

describe.each(DISASTERS)('$name', (disaster) => {
  it('while a message is fetched', async () => {
    const client = await start({ buffered: true });
    rig.module.on('command', (line) => {
      if (line.includes('LMQTTREAD=')) doOnce(disaster, client);
    });
    const other = await rig.other();
    await other.publishAsync('down', 'fetched', { qos: 1 });
    await once(rig.module, 'command');
    await survives(client, PRINTABLE);
  });
});
