import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { registerOverHttp } from '../../../../src/cloud/aliyun/register-http.js';
import { startAliyunCloud } from '../../../../src/simulator/aliyun/aliyun-cloud.js';
import { AliyunCloudFaults } from '../../../../src/simulator/aliyun/aliyun-cloud-faults.js';
import { DeviceRegistry } from '../../../../src/simulator/aliyun/device-registry.js';
import { RegistrationDesk } from '../../../../src/simulator/aliyun/registration/registration-desk.js';
import {
  type RegistrationServerOptions,
  startRegistrationServer,
} from '../../../../src/simulator/aliyun/registration/registration-server.js';
import { RegistrationService } from '../../../../src/simulator/aliyun/registration/registration-service.js';

const TARGET = { productKey: 'a1X2bEnP82z', productSecret: '7jluWm1zql7bt8qK', deviceName: 'example1' };
const TLS = {
  key: readFileSync(new URL('../../tls/key.pem', import.meta.url)),
  cert: readFileSync(new URL('../../tls/cert.pem', import.meta.url)),
};

async function startServer(options: RegistrationServerOptions = {}) {
  const faults = new AliyunCloudFaults();
  const { productKey, productSecret } = TARGET;
  const service = new RegistrationService(new DeviceRegistry([{ productKey, productSecret }]));
  const desk = new RegistrationDesk(service, faults);
  const server = await startRegistrationServer(desk, options);
  onTestFinished(() => server.close());
  return { server, faults, desk };
}

describe('the registration server', () => {
  it.each([
    ['another path', '/auth/register', { method: 'POST' }, 404],
    ['a query behind the path', '/auth/register/device?a=b', { method: 'POST' }, 404],
    ['another method', '/auth/register/device', { method: 'GET' }, 405],
    ['a form that is too long', '/auth/register/device', { method: 'POST', body: 'x'.repeat(20_000) }, 413],
  ])('answers %s with a status alone', async (_name, path, request, status) => {
    const { server } = await startServer();
    const response = await fetch(server.url + path, request);
    await response.text();
    expect(response.status).toBe(status);
  });

  it('answers a request without parameters as the cloud does', async () => {
    const { server } = await startServer();
    const response = await fetch(`${server.url}/auth/register/device`, { method: 'POST' });
    expect([response.status, await response.json()]).toEqual([
      200,
      { code: 460, message: 'request parameter error' },
    ]);
  });

  it('speaks HTTPS', async () => {
    const { server } = await startServer({ tls: TLS });
    expect(server.url).toMatch(/^https:/);
    expect(await registerOverHttp(TARGET, { url: server.url, ca: TLS.cert })).toMatchObject({
      deviceName: 'example1',
    });
  });

  it('closes at once, with an answer that is still to come', async () => {
    const { server, faults, desk } = await startServer();
    faults.on('slow=3600000');
    const asked = once(desk.events, 'request');
    const registering = registerOverHttp(TARGET, { url: server.url }).catch((error: unknown) => error);
    await asked;
    await server.close();
    await server.close();
    expect(await registering).toMatchObject({ code: 'REGISTRATION_UNANSWERED' });
  });

  it('takes the broker of its cloud along if its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    const free = createServer().listen(0, '127.0.0.1');
    await once(free, 'listening');
    const { port: brokerPort } = free.address() as AddressInfo;
    await once(free.close(), 'close');
    const options = { products: [], port: brokerPort };
    const failing = startAliyunCloud({ ...options, registrationPort: port });
    await expect(failing).rejects.toMatchObject({
      code: 'PORT_FAILED',
      message: expect.stringContaining(String(port)),
    });
    const cloud = await startAliyunCloud(options);
    await cloud.close();
  });
});
