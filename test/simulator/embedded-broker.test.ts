import { readFileSync } from 'node:fs';
import { connectAsync } from 'mqtt';
import { describe, expect, test } from 'vitest';
import { startBroker } from '../../src/simulator/embedded-broker.js';
import { SimulatedModem } from '../../src/simulator/simulated-modem.js';
import { nextMessage, useFixture } from './fixture.js';
import { line, OK, RawTe } from './raw-te.js';

const fixture = useFixture();

const TLS = {
  key: readFileSync(new URL('tls/key.pem', import.meta.url)),
  cert: readFileSync(new URL('tls/cert.pem', import.meta.url)),
};

describe('startBroker', () => {
  test('serves a free port, and closes twice', async () => {
    const broker = await startBroker();
    expect(broker.url).toBe(`mqtt://127.0.0.1:${broker.port}`);
    const client = await connectAsync(broker.url, { reconnectPeriod: 0 });
    const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
    await broker.close();
    await closed;
    await broker.close();
    await client.endAsync(true);
  });

  test('says when the port is taken', async () => {
    const { port } = await fixture().broker();
    await expect(startBroker({ port })).rejects.toMatchObject({ code: 'PORT_FAILED' });
    await expect(startBroker({ port: -1 })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  test('asks its hooks', async () => {
    const broker = await fixture().broker({
      authenticate: (_client, user, _password, done) => done(null, user === 'meter'),
    });
    await expect(connectAsync(broker.url, { reconnectPeriod: 0, username: 'x' })).rejects.toMatchObject({
      code: 5,
    });
  });
});

describe('sslenable', () => {
  test('speaks TLS to the broker', async () => {
    const broker = await fixture().broker({ tls: TLS });
    expect(broker.url).toMatch(/^mqtts:/);
    const far = await fixture().farSide({ rejectUnauthorized: false });
    await far.subscribeAsync('up');
    const { te } = await fixture().connected({}, ['"sslenable",0,1,2']);
    const next = nextMessage(far);
    await te.ask('AT+LMQTTPUB=0,5,1,0,"up",1,"x"', OK + line('+LMQTTPUB: 0,5,0'));
    expect((await next).payload.toString()).toBe('x');
  });

  test('fails with 5 where the broker speaks none', async () => {
    const { te } = await fixture().module();
    await te.ask('AT+LMQTTCFG="sslenable",0,1,0', OK);
    te.write('AT+LMQTTOPEN=0,"mqtt.example.net",8883\r\n');
    await te.expect(OK + line('+LMQTTOPEN: 0,-1,5'));
  });

  test('verifies the broker when the context says so', async () => {
    const { url } = await fixture().broker({ tls: TLS });
    const modem = await SimulatedModem.start({ broker: url, echo: false, tls: { ca: TLS.cert } });
    fixture().later(() => modem.close());
    const te = await RawTe.open(modem.url);
    await te.ask('AT+LMQTTCFG="sslenable",0,1,0', OK);
    await te.ask('AT+LMQTTOPEN=0,"127.0.0.1",8883', OK + line('+LMQTTOPEN: 0,0'));
    await te.ask('AT+LMQTTCLOSE=0', OK + line('+LMQTTCLOSE: 0,0'));
    const doubter = await SimulatedModem.start({
      broker: url,
      echo: false,
      tls: { rejectUnauthorized: true },
    });
    fixture().later(() => doubter.close());
    const other = await RawTe.open(doubter.url);
    await other.ask('AT+LMQTTCFG="sslenable",0,1,0', OK);
    await other.ask('AT+LMQTTOPEN=0,"127.0.0.1",8883', OK + line('+LMQTTOPEN: 0,-1,5'));
  });
});
