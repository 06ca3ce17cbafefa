import { join } from 'node:path';
import { expect } from 'vitest';
import { aBroker, aFolder, aModule, Listener } from '../../examples/far-side.js';
import type { Harness } from './harness.js';

const SERIAL = '/dev/ttyUSB0';
const CONNECT = "import { connect } from 'atmqtt';\n";

/** Blocks with a client on an ordinary broker. */
export const CLIENT_HARNESSES: readonly Harness[] = [
  {
    holds: "clientId: 'meter-7',\n  clean: false,",
    async run(run) {
      const broker = await aBroker();
      const { url } = await aModule(broker.url);
      const far = await Listener.on(broker.url, 'up/#');
      // Retained, so that it comes between SUBACK and PUBACK.
      await far.client.publishAsync('cmd/meter-7/set', 'on', { retain: true });
      expect(await run({ replace: [[SERIAL, url]] })).toBe('cmd/meter-7/set on\n');
      await far.hears('1 up/meter-7 {"t":21.5}');
    },
  },
  {
    holds: "const client = await connect(modem.url, { broker: 'mqtt://broker.example' });",
    after: "await client.publish('up/block', 'x', { qos: 1 });\nawait client.end();\nawait modem.close();\n",
    async run(run) {
      const broker = await aBroker();
      const far = await Listener.on(broker.url);
      await run({ replace: [['mqtt://127.0.0.1:1883', broker.url]] });
      await far.hears('1 up/block x');
    },
  },
  {
    holds: "file: '/var/lib/meter/outbox.db'",
    before: CONNECT,
    after: 'await client.drained();\nawait client.end();\n',
    async run(run) {
      const broker = await aBroker();
      const { url } = await aModule(broker.url);
      const far = await Listener.on(broker.url);
      const file = join(await aFolder(), 'outbox.db');
      await run({
        replace: [
          [SERIAL, url],
          ['/var/lib/meter/outbox.db', file],
        ],
      });
      await far.hears('1 up/meter-7 21.5');
    },
  },
  {
    holds: "modem.send('AT+CSQ', { timeout: 2000 })",
    async run(run) {
      const module = await aModule('mqtt://127.0.0.1:1');
      const commands: string[] = [];
      module.on('command', (line) => commands.push(line));
      await run({ replace: [['serial:///dev/ttyUSB0?baudRate=115200', module.url]] });
      expect(commands.slice(-3)).toEqual(['AT+CSQ', 'AT+CSQ', 'AT+CESQ']);
    },
  },
  {
    holds: 'password: await fetchToken(imei, { signal })',
    before:
      "import { ArgumentError, connect } from 'atmqtt';\n" +
      "const fetchToken = async (imei: string, _: { signal: AbortSignal }) => imei.replace(/^/, 'token of ');\n",
    after:
      "await client.publish('up/block', 'x', { qos: 2 }).catch(({ code }) => console.log(code));\n" +
      "await client.publish('up/block', 'y', { qos: 1 });\nawait client.end();\n",
    async run(run) {
      const broker = await aBroker();
      const module = await aModule(broker.url);
      const commands: string[] = [];
      module.on('command', (line) => commands.push(line));
      const far = await Listener.on(broker.url);
      // The embedded broker has no TLS.
      const output = await run({
        replace: [
          [SERIAL, module.url],
          ['mqtts:', 'mqtt:'],
        ],
      });
      expect(output).toBe('INVALID_ARGUMENT\n');
      await far.hears('1 up/block y');
      expect(far.heard).toEqual(['1 up/block y']);
      const imei = '861326070275653';
      expect(commands).toContain(`AT+LMQTTCONN=0,"${imei}","device","token of ${imei}"`);
    },
  },
];
