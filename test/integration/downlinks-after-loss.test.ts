import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../src/client/connect.js';
import { openModem } from '../../src/dialects/open-modem.js';
import { Rig } from '../helpers/rig.js';

/** What the module sends for a message, and has acknowledged to the broker by then. */
const MESSAGE = '+LMQTTURC: RECV,0,99,"down",5,hello';

describe('a message of a session that the module has still', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await Rig.start();
  });
  afterEach(() => rig.stop());

  it('is delivered while the next session is on its way', async () => {
    const client = await rig.connect({ clean: false, clientId: 'gateway' });
    const offline = once(client, 'offline');
    await rig.module.unplug();
    await offline;
    rig.module.on('command', (line) => {
      if (line === 'AT+CPIN?') rig.module.emitLine(MESSAGE);
    });
    const messages: string[] = [];
    client.on('message', (topic, payload) => messages.push(`${topic} ${payload}`));
    const back = once(client, 'connect');
    await rig.module.plugIn();
    await back;
    expect(messages).toEqual(['down hello']);
  });

  it('is delivered once when the next session is up', async () => {
    const client = await rig.connect({ clean: false, clientId: 'gateway' });
    const back = once(client, 'connect');
    rig.module.dropBroker();
    await back;
    const messages: string[] = [];
    client.on('message', (topic) => messages.push(topic));
    const heard = once(client, 'message');
    rig.module.emitLine(MESSAGE);
    await heard;
    await client.modem.send('AT');
    expect(messages).toEqual(['down']);
  });

  it('is nothing to a client that has ended, even if its modem is still open', async () => {
    const modem = await openModem(rig.module.url);
    const client = await connect(modem, { broker: 'mqtt://broker.example', reconnectPeriod: 10_000 });
    const messages: string[] = [];
    client.on('message', (topic) => messages.push(topic));
    const offline = once(client, 'offline');
    rig.module.dropBroker();
    await offline;
    await client.end();
    rig.module.emitLine(MESSAGE);
    await modem.send('AT');
    await modem.close();
    expect(messages).toEqual([]);
  });
});
