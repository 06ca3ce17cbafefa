import { parseOptions } from '../../../src/client/options.js';
import { LMQTT } from '../../../src/dialects/lmqtt/dialect.js';
import { openModem } from '../../../src/dialects/open-modem.js';
import { openTransport } from '../../../src/transport/open.js';

/** As a program that crashes: the port is closed, the session stays in the module. */
export async function leaveSession(url: string, brokerPort: number): Promise<void> {
  const modem = await openModem(url);
  const { session } = parseOptions({ broker: 'mqtt://127.0.0.1', clientId: 'application' }, LMQTT);
  const broker = { host: '127.0.0.1', port: brokerPort, tls: false };
  const handlers = { message() {}, lost() {}, degraded() {} };
  await LMQTT.createSession(modem, { ...session, broker }, handlers).open();
  await modem.close();
}

/** The same in the middle of a publish: the module waits for a payload of 50 bytes. */
export async function leavePrompt(url: string, brokerPort: number): Promise<void> {
  await leaveSession(url, brokerPort);
  const stream = await openTransport(url);
  let received = '';
  const prompted = new Promise<void>((resolve) => {
    stream.on('data', (bytes: Buffer) => {
      received += bytes.toString('latin1');
      if (received.endsWith('\r\n> ')) resolve();
    });
  });
  stream.write('AT+LMQTTPUB=0,9,0,0,"left",50\r\n');
  await prompted;
  stream.destroy();
}
