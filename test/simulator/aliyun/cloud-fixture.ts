import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { type LoginForm, signedLogin } from '../../../src/cloud/aliyun/wire/login.js';
import type { DeviceTriple } from '../../../src/dialects/dialect.js';
import {
  type AliyunCloud,
  type AliyunCloudOptions,
  startAliyunCloud,
} from '../../../src/simulator/aliyun/aliyun-cloud.js';
import type { AliyunCloudEvents } from '../../../src/simulator/aliyun/events.js';
import type { CloudSeams } from '../../../src/simulator/aliyun/seams.js';
import type { Fixture } from '../fixture.js';

/** The triple of the vendor's samples: aliyun.md, vectors. */
export const TRIPLE: DeviceTriple = {
  productKey: 'a1X2bEnP82z',
  deviceName: 'example1',
  deviceSecret: 'ga7XA6KdlEeiPXQPpRbAjOZXwG8ydgSe',
};

export const OTHER: DeviceTriple = {
  ...TRIPLE,
  deviceName: 'example2',
  deviceSecret: 'fQ0yfUm7zLmkPBUPJKb3',
};

/** Below everything that a device may use. */
export const OWN = '/a1X2bEnP82z/example1/user';

export const TLS = {
  key: readFileSync(new URL('../tls/key.pem', import.meta.url)),
  cert: readFileSync(new URL('../tls/cert.pem', import.meta.url)),
};

/** A cloud with two devices, and one that has no secret. */
export async function startCloud(
  fixture: Fixture,
  options: Partial<AliyunCloudOptions> = {},
  seams: CloudSeams = {},
): Promise<AliyunCloud> {
  const devices = [TRIPLE, OTHER, { deviceName: 'newborn' }];
  const products = [{ productKey: TRIPLE.productKey, devices }];
  const cloud = await startAliyunCloud({ products, ...options }, seams);
  fixture.later(() => cloud.close());
  return cloud;
}

/** mqtt.js options for a signed login. */
export function loginOptions(
  triple: DeviceTriple = TRIPLE,
  form: Partial<LoginForm> = {},
): IClientOptions & { clientId: string; username: string; password: string } {
  const login = signedLogin(triple, { cid: triple.deviceName, method: 'hmacsha1', secureMode: 3, ...form });
  return { ...login, keepalive: 300, reconnectPeriod: 0, protocolVersion: 4 };
}

/** An mqtt.js client that is logged in. */
export async function device(
  fixture: Fixture,
  cloud: AliyunCloud,
  options: IClientOptions = loginOptions(),
): Promise<MqttClient> {
  const client = await connectAsync(cloud.url, { reconnectPeriod: 0, ...options });
  client.on('error', () => {});
  fixture.later(() => client.endAsync(true));
  return client;
}

/** What the cloud says to a CONNECT: 0, or the return code of its refusal. */
export async function returnCodeOf(
  url: string,
  options: IClientOptions & { rejectUnauthorized?: boolean },
): Promise<unknown> {
  try {
    const client = await connectAsync(url, { reconnectPeriod: 0, ...options }, false);
    await client.endAsync(true);
    return 0;
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
}

/** What the next event of this name carries. */
export async function next<K extends keyof AliyunCloudEvents>(
  cloud: AliyunCloud,
  event: K,
): Promise<AliyunCloudEvents[K][0]> {
  return (await once(cloud.events, event))[0];
}

/** What the cloud tells from now on, in order, as `event name`. */
export function diaryOf(cloud: AliyunCloud): string[] {
  const diary: string[] = [];
  cloud.events.on('login', ({ cid }) => diary.push(`login ${cid}`));
  cloud.events.on('kicked', ({ cid, reason }) => diary.push(`kicked ${cid}: ${reason}`));
  cloud.events.on('offline', ({ cid, reason }) => diary.push(`offline ${cid}: ${reason}`));
  cloud.events.on('refused', ({ returnCode, reason }) => diary.push(`refused ${returnCode}: ${reason}`));
  return diary;
}

/** Resolves when the socket of an mqtt.js client is closed. */
export function closed(client: MqttClient): Promise<void> {
  return new Promise((resolve) => client.once('close', resolve));
}

/** CONNECT of MQTT 3.1.1, clean session, with `keepalive` in s; shorter than 16 KiB. */
export function connectPacket(
  { clientId, username, password }: { clientId: string; username: string; password: string },
  keepalive = 300,
): Buffer {
  const fields = [clientId, username, password].map((text) =>
    Buffer.concat([Buffer.from([0, text.length]), Buffer.from(text)]),
  );
  const head = Buffer.from('\0\x04MQTT\x04\xc2', 'latin1');
  const body = Buffer.concat([head, Buffer.from([keepalive >> 8, keepalive & 0xff]), ...fields]);
  return Buffer.concat([Buffer.from([0x10, (body.length % 128) + 128, body.length >> 7]), body]);
}
