import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerOverHttp } from '../../src/cloud/aliyun/register-http.js';
import { registerOverModule } from '../../src/cloud/aliyun/register-module.js';
import { signedLogin } from '../../src/cloud/aliyun/wire/login.js';
import { openModem } from '../../src/dialects/open-modem.js';
import { type RunningCli, runCli, startCli } from './run-cli.js';

const TRIPLE = {
  productKey: 'a1X2bEnP82z',
  deviceName: 'example1',
  deviceSecret: 'ga7XA6KdlEeiPXQPpRbAjOZXwG8ydgSe',
};
const PRODUCT = { productKey: 'a1NewProduct', productSecret: '7jluWm1zql7bt8qK' };
const SPEC = `${PRODUCT.productKey}:${PRODUCT.productSecret}`;
const TLS = ['--cloud-cert', 'test/simulator/tls/cert.pem', '--cloud-key', 'test/simulator/tls/key.pem'];

let folder = '';
let file = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atmqtt-'));
  file = join(folder, 'triples.csv');
  await writeFile(
    file,
    `DeviceName,DeviceSecret,ProductKey\n${TRIPLE.deviceName},${TRIPLE.deviceSecret},${TRIPLE.productKey}\n`,
  );
});
afterAll(() => rm(folder, { recursive: true }));

/** What the command prints, and where the last of its modules listens. */
async function urlsOf(sim: RunningCli, modules = 1) {
  const lines = `(?:module .*\\n){${modules - 1}}module (\\S+) .*\\n`;
  const shown = await sim.shows('stdout', new RegExp(`^cloud (\\S+)\\nregistration (\\S+)\\n${lines}`));
  const [, cloud = '', registration = '', module = ''] = shown;
  return { cloud, registration, module };
}

async function ended(sim: RunningCli): Promise<string> {
  sim.process.kill('SIGINT');
  const { code, stdout, stderr } = await sim.finished();
  expect(code).toBe(130);
  for (const secret of [TRIPLE.deviceSecret, PRODUCT.productSecret]) {
    expect(`${stdout}${stderr}`).not.toContain(secret);
  }
  return stderr;
}

describe('atmqtt sim --cloud', () => {
  it('takes the logins of the devices in the file, and no others', async () => {
    const sim = startCli(['sim', '--tcp', '127.0.0.1:0', '--cloud', file, '-d']);
    const { cloud } = await urlsOf(sim);
    const login = signedLogin(TRIPLE, { cid: 'c', method: 'hmacsha256', secureMode: 3 });
    const device = await connectAsync(cloud, { ...login, reconnectPeriod: 0 });
    await device.endAsync();
    const forged = {
      ...login,
      password: login.password.replace(/^./, (digit) => (digit === '0' ? '1' : '0')),
    };
    await expect(connectAsync(cloud, { ...forged, reconnectPeriod: 0 }, false)).rejects.toThrow();
    await sim.shows('stderr', /refused/);
    const stderr = await ended(sim);
    expect(stderr).toContain('cloud login example1 as c\n');
    expect(stderr).toMatch(/^cloud refused example1 with 4: /m);
  });

  it('registers devices of a product over HTTP, with faults, and through a module', async () => {
    const sim = startCli([
      ...['sim', '--tcp', '127.0.0.1:0', '--count', '2', '-d', ...TLS],
      ...['--cloud-product', SPEC, '--cloud-fault', 'cut=1', '--seed', '7', '--keeps-triple'],
    ]);
    const { registration, module } = await urlsOf(sim, 2);
    const target = { ...PRODUCT, deviceName: 'device-1' };
    await expect(registerOverHttp(target, { url: registration })).rejects.toMatchObject({
      code: 'REGISTRATION_UNANSWERED',
    });
    const first = await registerOverHttp(target, { url: registration });
    const modem = await openModem(module);
    const second = await registerOverModule(
      modem,
      { ...target, deviceName: 'device-2' },
      { host: 'cloud.example' },
    );
    const { imei, iccid } = await modem.identity();
    await modem.close();
    expect({ imei, iccid }).toEqual({ imei: '861326070275661', iccid: '89860422102280012357' });
    const stderr = await ended(sim);
    expect(stderr).toContain('cloud registration device-1 over http: registered and not answered\n');
    expect(stderr).toContain('cloud registration device-1 over http: registered\n');
    expect(stderr).toContain('cloud registration device-2 over mqtt: registered\n');
    expect(stderr).not.toContain(first.deviceSecret);
    expect(stderr).not.toContain(second.deviceSecret);
  });

  it('gives its URLs as one JSON object', async () => {
    const sim = startCli(['sim', '--tcp', '127.0.0.1:0', '--cloud', file, '--json']);
    const [line = ''] = await sim.shows('stdout', /^.*\n/);
    expect(JSON.parse(line)).toEqual({
      cloud: expect.stringMatching(/^mqtt:\/\/127\.0\.0\.1:\d+$/),
      registration: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    });
    await ended(sim);
  });

  it('lists the faults of the cloud', async () => {
    const { code, stdout } = await runCli(['sim', '--cloud-fault', 'list']);
    expect(code).toBe(0);
    expect(String(stdout)).toMatch(
      /^cut\[=<count>\] +registrations are carried out, and the connection is cut/m,
    );
  });

  it.each([
    [
      'a broker beside it',
      ['--cloud-product', SPEC, '--broker', 'mqtt://h'],
      2,
      /--broker is "mqtt:\/\/h", but/,
    ],
    ['a fault without a cloud', ['--cloud-fault', 'cut'], 2, /^atmqtt: --cloud-fault is cut, but/],
    [
      'a fault that it does not know',
      ['--cloud-product', SPEC, '--cloud-fault', 'gremlins'],
      2,
      /one of slow=<ms>/,
    ],
    ['a product without a secret', ['--cloud-product', 'a1NewProduct'], 2, /--cloud-product is \*\*\*, but/],
    [
      'a secret that cannot be one',
      ['--cloud-product', 'a1NewProduct:hunter2"'],
      2,
      /productSecret is \*\*\*, but/,
    ],
    ['a key without its certificate', ['--cloud-product', SPEC, '--cloud-key', 'x'], 2, /--cloud-cert/],
    [
      'a certificate that is not there',
      ['--cloud-product', SPEC, '--cloud-key', 'x', '--cloud-cert', 'y'],
      2,
      /"y"/,
    ],
    ['a file that is not there', ['--cloud', 'nowhere.csv'], 2, /nowhere\.csv/],
  ])('refuses %s', async (_name, args, code, words) => {
    const finished = await runCli(['sim', '--tcp', '127.0.0.1:0', ...args]);
    expect({ code: finished.code, stdout: String(finished.stdout) }).toEqual({ code, stdout: '' });
    expect(finished.stderr).toMatch(words);
    expect(finished.stderr).not.toContain('hunter2');
    expect(finished.stderr).not.toContain(PRODUCT.productSecret);
  });
});
