import { deepEqual, equal, ok, rejects, throws } from 'node:assert/strict';
import {
  ArgumentError,
  Client,
  CommandError,
  ConnectionClosedError,
  connect,
  ERROR_CODES,
  formatTrace,
  lineControl,
  listPorts,
  MessageStream,
  Modem,
  ModemError,
  ModuleRebootedError,
  MqttError,
  openModem,
  openTransport,
  parseTraceLine,
  registerOverHttp,
  registerOverModule,
  registerScheme,
  SerialServerError,
  TimeoutError,
  traced,
} from 'atmqtt';

/** A client and a module, on a simulated one. */
export async function useClient(url: string): Promise<void> {
  const client = await connect(url, { broker: 'mqtt://broker.example', clientId: 'consumer' });
  ok(client instanceof Client);
  const messages = client.messages();
  ok(messages instanceof MessageStream);
  await client.subscribe('up/#', { qos: 1 });
  await client.publish('up/consumer', 'x', { qos: 1 });
  const { value } = await messages.next();
  equal(`${value?.topic} ${value?.payload}`, 'up/consumer x');
  await client.end();
}

export async function useModem(url: string): Promise<void> {
  const heard: string[] = [];
  registerScheme('consumer', async () =>
    traced(await openTransport(url), (entry) => heard.push(formatTrace(entry))),
  );
  // A memory link has no lines to control.
  const stream = await openTransport(url);
  equal(lineControl(stream), undefined);
  stream.destroy();
  const modem = await openModem('consumer:x');
  ok(modem instanceof Modem);
  deepEqual((await modem.send('AT+CSQ')).final, 'OK');
  await rejects(
    modem.send('AT+NONSENSE'),
    (error) => error instanceof CommandError && error instanceof ModemError,
  );
  await modem.close();
  const [first = ''] = heard;
  equal(parseTraceLine(first)?.direction, '>');
}

export async function useRegistration(url: string, registrationUrl: string): Promise<void> {
  const target = { productKey: 'a1X2bEnP82z', productSecret: '7jluWm1zql7bt8qK', deviceName: 'consumer' };
  equal((await registerOverHttp(target, { url: registrationUrl })).deviceName, 'consumer');
  const modem = await openModem(url);
  // The cloud speaks no TLS, without which a module does not register.
  const refused = (error: unknown) => error instanceof ModemError && error.code === 'REGISTRATION_FAILED';
  await rejects(registerOverModule(modem, target, { host: 'cloud.example' }), refused);
  await modem.close();
}

export async function useErrors(): Promise<void> {
  ok(Array.isArray(await listPorts()));
  throws(() => registerScheme('', () => Promise.reject(new Error())), ArgumentError);
  for (const kind of [
    TimeoutError,
    ModuleRebootedError,
    MqttError,
    ConnectionClosedError,
    SerialServerError,
  ]) {
    ok(kind.prototype instanceof ModemError);
  }
  ok(ERROR_CODES.NOT_RESPONDING.length > 0);
}
