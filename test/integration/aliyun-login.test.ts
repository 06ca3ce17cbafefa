import { describe, expect, it } from 'vitest';
import { MqttError } from '../../src/errors/kinds.js';
import { happens, LoginWorld } from './login-world.js';

const TRIPLE = {
  productKey: 'a1X2bEnP82z',
  deviceName: 'example1',
  deviceSecret: 'ga7XA6KdlEeiPXQPpRbAjOZXwG8ydgSe',
};
const WRONG = { ...TRIPLE, deviceSecret: 'ga7XA6KdlEeiPXQPpRbAjOZXwG8ydgS0' };
const UP = '/a1X2bEnP82z/example1/user/update';
const DOWN = '/a1X2bEnP82z/example1/user/get';
const REGION = { region: 'cn-shanghai' };
const CLOUD = 'AT+LMQTTCFG="cloud",0,2,1';
const ALIAUTH = `AT+LMQTTCFG="aliauth",0,"a1X2bEnP82z","example1","${TRIPLE.deviceSecret}"`;

async function startWorld(): Promise<LoginWorld> {
  const world = await LoginWorld.start([TRIPLE]);
  await world.put();
  return world;
}

/** The lines of the login, the others left out. */
const loginLines = ({ commands }: LoginWorld) =>
  commands.filter((line) => /"(cloud|aliauth|keepalive|sslenable)"|LMQTT(OPEN|CONN)=/.test(line));

describe('a device logs in at the simulated cloud', () => {
  it('with the triple in the module, and messages go both ways', async () => {
    const world = await startWorld();
    const client = await world.connect({ aliyun: { ...TRIPLE, ...REGION } });
    expect(world.logins).toEqual(['example1 example1']);
    expect(loginLines(world)).toEqual([
      'AT+LMQTTCFG="keepalive",0,300',
      'AT+LMQTTCFG="sslenable",0,0,0',
      CLOUD,
      ALIAUTH,
      'AT+LMQTTOPEN=0,"a1x2benp82z.iot-as-mqtt.cn-shanghai.aliyuncs.com",1883',
      'AT+LMQTTCONN=0,"example1"',
    ]);
    const published = new Promise((resolve) => world.cloud.events.once('published', resolve));
    await client.publish(UP, 'up', { qos: 1 });
    expect(await published).toMatchObject({ deviceName: 'example1', topic: UP, payload: Buffer.from('up') });
    await client.subscribe(DOWN, { qos: 1 });
    const message = happens(client, 'message');
    await world.cloud.publish(DOWN, 'down');
    expect((await message).slice(0, 2)).toEqual([DOWN, Buffer.from('down')]);
  });

  it('with user name and password that atmqtt has signed; the module never gets the secret', async () => {
    const world = await startWorld();
    await world.connect({ aliyun: { ...TRIPLE, ...REGION, sign: 'host', cid: 'gateway 7' } });
    expect(world.logins).toEqual(['example1 gateway 7']);
    expect(loginLines(world)).toEqual([
      'AT+LMQTTCFG="keepalive",0,300',
      'AT+LMQTTCFG="sslenable",0,0,0',
      'AT+LMQTTCFG="aliauth",0,"","",""',
      'AT+LMQTTCFG="cloud",0,0,0',
      'AT+LMQTTOPEN=0,"a1x2benp82z.iot-as-mqtt.cn-shanghai.aliyuncs.com",1883',
      expect.stringMatching(
        /^AT\+LMQTTCONN=0,"gateway 7\|securemode=3,signmethod=hmacsha256\|","example1&a1X2bEnP82z","[0-9a-f]{64}"$/,
      ),
    ]);
    expect(world.commands.join()).not.toContain(TRIPLE.deviceSecret);
  });

  it.each(['module', 'host'] as const)('over TLS, signed by the %s', async (sign) => {
    const world = await startWorld();
    await world.connect({ aliyun: { ...TRIPLE, host: 'mqtts://iot.example', sign } });
    expect(world.logins).toEqual(['example1 example1']);
    expect(loginLines(world)).toContain('AT+LMQTTCFG="sslenable",0,1,0');
    expect(loginLines(world)).toContain('AT+LMQTTOPEN=0,"iot.example",1883');
    expect(loginLines(world).join().includes('securemode=2,')).toBe(sign === 'host');
  });

  it.each(['module', 'host'] as const)('not with a wrong secret, signed by the %s', async (sign) => {
    const world = await startWorld();
    const refused = new Promise((resolve) => world.cloud.events.once('refused', resolve));
    const error = await world.refusal({ aliyun: { ...WRONG, ...REGION, sign } });
    expect(error).toBeInstanceOf(MqttError);
    expect(error).toMatchObject({ code: 'CONNECT_REFUSED', extend: 4 });
    expect(error.message).toMatch(/user name or password/);
    expect(`${error.stack}`).not.toContain(WRONG.deviceSecret);
    expect(await refused).toMatchObject({ deviceName: 'example1', returnCode: 4 });
  });

  it('again after its module has restarted, with the triple written anew', async () => {
    const world = await startWorld();
    const client = await world.connect({ aliyun: { ...TRIPLE, ...REGION } });
    world.commands.splice(0);
    const up = happens(client, 'connect');
    world.module.reboot();
    await up;
    expect(loginLines(world)).toEqual(expect.arrayContaining([CLOUD, ALIAUTH]));
    expect(world.logins).toEqual(['example1 example1', 'example1 example1']);
  });

  it('and is thrown out by another login with its triple; the loss is told, and recovered from', async () => {
    const world = await startWorld();
    const client = await world.connect({ aliyun: { ...TRIPLE, ...REGION } });
    const loss = happens(client, 'recovery');
    const up = happens(client, 'connect');
    world.cloud.kick(TRIPLE.productKey, TRIPLE.deviceName);
    expect((await loss)[0]).toMatchObject({ stage: 'up', reason: { code: 'SESSION_LOST' } });
    await up;
    expect(world.logins).toHaveLength(2);
  });

  it('and may do nothing that the cloud would drop: nothing of it is written', async () => {
    const world = await startWorld();
    const client = await world.connect({ aliyun: { ...TRIPLE, ...REGION } });
    world.commands.splice(0);
    await expect(client.publish(UP, 'x', { qos: 2 })).rejects.toMatchObject({ field: 'qos' });
    await expect(client.publish(UP, 'x', { retain: true })).rejects.toMatchObject({ field: 'retain' });
    await expect(client.subscribe(DOWN, { qos: 2 })).rejects.toMatchObject({ field: 'qos' });
    expect(world.commands).toEqual([]);
    expect(client.connected).toBe(true);
  });
});
