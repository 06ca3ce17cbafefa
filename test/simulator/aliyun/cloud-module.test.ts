import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import type { AliyunCloud } from '../../../src/simulator/aliyun/aliyun-cloud.js';
import type { SimulatedModemOptions } from '../../../src/simulator/options.js';
import { SimulatedModem } from '../../../src/simulator/simulated-modem.js';
import { useFixture } from '../fixture.js';
import { line, OK, RawTe } from '../raw-te.js';
import { device, diaryOf, loginOptions, next, OTHER, OWN, startCloud, TLS } from './cloud-fixture.js';

const fixture = useFixture();

const OPEN = 'AT+LMQTTOPEN=0,"a1X2bEnP82z.iot-as-mqtt.cn-shanghai.aliyuncs.com",1883';
const CLOUD = 'AT+LMQTTCFG="cloud",0,2,1';
const ALIAUTH = 'AT+LMQTTCFG="aliauth",0,"a1X2bEnP82z","example1","ga7XA6KdlEeiPXQPpRbAjOZXwG8ydgSe"';

async function module(cloud: AliyunCloud, options: SimulatedModemOptions = {}): Promise<RawTe> {
  const modem = await SimulatedModem.start({ broker: cloud.url, echo: false, ...options });
  fixture().later(() => modem.close());
  return RawTe.open(modem.url);
}

/** The result of LMQTTCONN behind the settings. */
async function connect(te: RawTe, settings: readonly string[], result: string): Promise<void> {
  for (const setting of [...settings, 'AT+LMQTTCFG="recv/mode",0,0,1']) await te.ask(setting, OK);
  await te.ask(OPEN, OK + line('+LMQTTOPEN: 0,0'));
  await te.ask('AT+LMQTTCONN=0,"866123"', OK + line(`+LMQTTCONN: 0,0,${result}`));
}

describe('a simulated module at the simulated cloud', () => {
  test('logs in with its triple, and proves it with the time service', async () => {
    const cloud = await startCloud(fixture());
    const diary = diaryOf(cloud);
    const te = await module(cloud);
    await connect(te, [CLOUD, ALIAUTH], '0');
    const topic = '/ext/ntp/a1X2bEnP82z/example1';
    await te.ask(`AT+LMQTTSUBUNSUB=0,0,1,"${topic}/response",0`, OK + line('+LMQTTSUBUNSUB: 0,1,0,1'));
    te.write(`AT+LMQTTPUB=0,2,0,0,"${topic}/request",22,"{"deviceSendTime":"7"}"\r\n`);
    await te.match(
      /\+LMQTTURC: RECV,0,1,"\/ext\/ntp\/a1X2bEnP82z\/example1\/response",\d+,\{"deviceSendTime":"7","serverRecvTime":"\d+","serverSendTime":"\d+"\}\r\n$/,
    );
    await te.ask('AT+LMQTTDISC=0', OK + line('+LMQTTDISC: 0,0'));
    expect(diary.slice(0, 1)).toEqual(['login 866123']);
  });

  test('logs in over TLS, with securemode 2', async () => {
    const cloud = await startCloud(fixture(), { tls: TLS });
    const te = await module(cloud);
    await connect(te, [CLOUD, ALIAUTH, 'AT+LMQTTCFG="sslenable",0,1,0'], '0');
    expect(cloud.online()).toHaveLength(1);
  });

  test.each([
    ['another secret', [CLOUD, ALIAUTH.replace('gSe"', 'gSf"')], '4'],
    ['a device that is not there', [CLOUD, ALIAUTH.replace('example1', 'example3')], '4'],
    ['the cloud but no triple', [CLOUD], '2'],
    ['no cloud', [ALIAUTH], '2'],
    ['a keepalive of 20 s', [CLOUD, ALIAUTH, 'AT+LMQTTCFG="keepalive",0,20'], '2'],
    ['a will', [CLOUD, ALIAUTH, 'AT+LMQTTCFG="will",0,1,0,0,"/a/b","off"'], '2'],
  ])('is refused with %s', async (_which, settings, returnCode) => {
    const cloud = await startCloud(fixture());
    await connect(await module(cloud), settings, returnCode);
    expect(cloud.online()).toEqual([]);
  });

  test('is refused when it stored something else than was written', async () => {
    const cloud = await startCloud(fixture());
    const te = await module(cloud, { faults: ['read-back-differs'] });
    await connect(te, [CLOUD, ALIAUTH], '4');
  });

  test('hears the end of its session when another one logs in with its triple', async () => {
    const cloud = await startCloud(fixture());
    const first = await module(cloud);
    await connect(first, [CLOUD, ALIAUTH], '0');
    const second = await module(cloud);
    await connect(second, [CLOUD, ALIAUTH], '0');
    await first.expect(line('+LMQTTURC: STATS,0,1'));
    await second.ask('AT+LMQTTCONN?', line('+LMQTTCONN: 0,3') + OK);
  });

  test('keeps its session over LMQTTCLOSE, with a triple that it keeps itself', async () => {
    const cloud = await startCloud(fixture());
    const te = await module(cloud, { keepsTriple: true });
    await connect(te, [CLOUD, ALIAUTH], '0');
    await te.ask(`AT+LMQTTSUBUNSUB=0,0,1,"${OWN}/get",0`, OK + line('+LMQTTSUBUNSUB: 0,1,0,1'));
    const offline = next(cloud, 'offline');
    await te.ask('AT+LMQTTCLOSE=0', OK + line('+LMQTTCLOSE: 0,0'));
    await offline;
    await cloud.publish(`${OWN}/get`, 'stored', 1);
    await connect(te, [], '0');
    await te.expect(line(`+LMQTTURC: RECV,0,1,"${OWN}/get",6,stored`));
  });

  test('loses a session that the cloud ends for QoS 2', async () => {
    const cloud = await startCloud(fixture());
    const te = await module(cloud);
    await connect(te, [CLOUD, ALIAUTH], '0');
    await te.ask(`AT+LMQTTPUB=0,2,2,0,"${OWN}/update",1,"x"`, OK + line('+LMQTTURC: STATS,0,1'));
  });

  test('is one of many devices', async () => {
    const cloud = await startCloud(fixture());
    const te = await module(cloud);
    await connect(te, [CLOUD, ALIAUTH], '0');
    const other = await device(fixture(), cloud, loginOptions(OTHER));
    const published = once(cloud.events, 'published');
    await other.publishAsync('/a1X2bEnP82z/example2/user/update', 'x', { qos: 1 });
    expect(await published).toMatchObject([{ deviceName: 'example2' }]);
    expect(cloud.online().map(({ deviceName }) => deviceName)).toEqual(['example1', 'example2']);
  });
});
