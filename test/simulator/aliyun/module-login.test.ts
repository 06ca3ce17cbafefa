import type { ConnectPacket } from 'aedes';
import { expect, test } from 'vitest';
import type { SimulatedModemOptions } from '../../../src/simulator/options.js';
import { connect, useFixture } from '../fixture.js';
import { line, OK, type RawTe } from '../raw-te.js';

const fixture = useFixture();

const CLOUD = 'AT+LMQTTCFG="cloud",0,2,1';
const TRIPLE = '"a1X2bEnP82z","example1","ga7XA6KdlEeiPXQPpRbAjOZXwG8ydgSe"';
const ALIAUTH = `AT+LMQTTCFG="aliauth",0,${TRIPLE}`;
const QUERY = 'AT+LMQTTCFG="aliauth",0';
const OPEN = 'AT+LMQTTOPEN=0,"a1X2bEnP82z.iot-as-mqtt.cn-shanghai.aliyuncs.com",1883';
const OPENED = OK + line('+LMQTTOPEN: 0,0');
const CONNECTED = OK + line('+LMQTTCONN: 0,0,0');

/** `printf clientIdexample1deviceNameexample1productKeya1X2bEnP82z | openssl dgst -sha1 -hmac <DeviceSecret>`. */
const PASSWORD = 'c04b5bb4d2ccc308a8ebb6b9be1b987336a9678e';

/** A module, and the CONNECT packets that its broker sees. */
async function watched(options: SimulatedModemOptions = {}) {
  const { aedes } = await fixture().broker();
  const connects: ConnectPacket[] = [];
  aedes.preConnect = (_client, packet, accept) => {
    connects.push(packet);
    accept(null, true);
  };
  return { connects, ...(await fixture().module(options)) };
}

async function login(te: RawTe, settings: readonly string[], conn: string): Promise<void> {
  for (const setting of settings) await te.ask(setting, OK);
  await te.ask(OPEN, OPENED);
  await te.ask(`AT+LMQTTCONN=0,${conn}`, CONNECTED);
}

test('a module with a triple signs its login', async () => {
  const { te, connects } = await watched();
  await login(te, [CLOUD, ALIAUTH], '"example1"');
  expect(connects).toMatchObject([
    {
      clientId: 'example1|securemode=3,signmethod=hmacsha1|',
      username: 'example1&a1X2bEnP82z',
      password: Buffer.from(PASSWORD),
    },
  ]);
});

test('and ignores user name and password of LMQTTCONN', async () => {
  const { te, connects } = await watched();
  await login(te, [ALIAUTH, CLOUD], '"example1","somebody","else"');
  expect(connects).toMatchObject([{ username: 'example1&a1X2bEnP82z', password: Buffer.from(PASSWORD) }]);
});

test.each([
  ['a triple but no cloud', [ALIAUTH]],
  ['a triple and another cloud', ['AT+LMQTTCFG="cloud",0,1,1', ALIAUTH]],
  ['the cloud but no triple', [CLOUD]],
])('a module with %s sends what LMQTTCONN says', async (_which, settings) => {
  const { te, connects } = await watched();
  await login(te, settings, '"id","user","pass"');
  expect(connects).toMatchObject([{ clientId: 'id', username: 'user', password: Buffer.from('pass') }]);
});

test('the triple dies with LMQTTCLOSE and with a restart', async () => {
  const { modem, te, connects } = await watched();
  await login(te, [CLOUD, ALIAUTH], '"example1"');
  await te.ask('AT+LMQTTCLOSE=0', OK + line('+LMQTTCLOSE: 0,0'));
  await te.ask(QUERY, line('ERROR'));
  await te.ask(ALIAUTH, OK);
  await te.ask(QUERY, line(`+LMQTTCFG: "aliauth",${TRIPLE}`) + OK);
  modem.reboot();
  await te.match(/!\n$/);
  await te.ask(QUERY, line('ERROR'));
  expect(connects).toHaveLength(1);
});

test('a module that keeps its triple has it after LMQTTCLOSE, a restart and power-off, and nothing else', async () => {
  const { modem, te, connects } = await watched({ keepsTriple: true });
  await login(te, [CLOUD, ALIAUTH, 'AT+LMQTTCFG="keepalive",0,300'], '"example1"');
  await te.ask('AT+LMQTTCLOSE=0', OK + line('+LMQTTCLOSE: 0,0'));
  await te.ask('AT+LMQTTCFG="keepalive",0', line('+LMQTTCFG: "keepalive",120') + OK);
  await te.ask(QUERY, line(`+LMQTTCFG: "aliauth",${TRIPLE}`) + OK);
  modem.reboot();
  await te.match(/!\n$/);
  await login(te, [], '"example1"');
  modem.powerOff();
  await te.match(/NORMAL POWER DOWN\r\n$/);
  modem.reboot();
  await te.match(/!\n$/);
  await te.ask('AT+LMQTTCFG="cloud",0', line('+LMQTTCFG: "cloud",2,1') + OK);
  await te.ask(QUERY, line(`+LMQTTCFG: "aliauth",${TRIPLE}`) + OK);
  expect(connects.map(({ password }) => String(password))).toEqual([PASSWORD, PASSWORD]);
});

test('what one module keeps another one has not', async () => {
  const { te } = await watched({ keepsTriple: true });
  await te.ask(ALIAUTH, OK);
  const other = await fixture().module({ keepsTriple: true });
  await other.te.ask(QUERY, line('ERROR'));
});

test('the triple comes too late behind LMQTTOPEN', async () => {
  const { te } = await watched();
  await te.ask(OPEN, OPENED);
  await te.ask(ALIAUTH, line('+CME ERROR: 3'));
});

test('read-back-differs: the module stores, and signs with, another secret', async () => {
  const { te, connects } = await watched({ faults: ['read-back-differs'] });
  await te.ask(ALIAUTH, OK);
  await te.ask(QUERY, line(`+LMQTTCFG: "aliauth",${TRIPLE.replace('gSe"', 'gS0"')}`) + OK);
  await connect(te, ['"cloud",0,2,1']);
  expect(String(connects[0]?.password)).toMatch(/^[0-9a-f]{40}$/);
  expect(String(connects[0]?.password)).not.toBe(PASSWORD);
});

test('read-back-differs=name: or another name', async () => {
  const { modem, te } = await watched({ faults: ['read-back-differs=name'] });
  await te.ask(ALIAUTH, OK);
  await te.ask(QUERY, line(`+LMQTTCFG: "aliauth",${TRIPLE.replace('example1', 'example0')}`) + OK);
  await te.ask('AT+LMQTTCFG="keepalive",0,300', OK);
  await te.ask('AT+LMQTTCFG="keepalive",0', line('+LMQTTCFG: "keepalive",300') + OK);
  expect(() => modem.faults.on('read-back-differs=key')).toThrow(/one of secret, name/);
});

test('no-read-back: the module has the triple and does not tell', async () => {
  const { te, connects } = await watched({ faults: ['no-read-back'] });
  await te.ask(ALIAUTH, OK);
  await te.ask(QUERY, line('ERROR'));
  await te.ask('AT+LMQTTCFG="cloud",0', line('+LMQTTCFG: "cloud",0,0') + OK);
  await login(te, [CLOUD], '"example1"');
  expect(String(connects[0]?.password)).toBe(PASSWORD);
});
