import { writeFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aliyunLogin, clientSettings } from '../../src/cli/connect-options.js';
import { type AliyunCloud, startAliyunCloud } from '../../src/simulator/aliyun/aliyun-cloud.js';
import { imeiOf, newLedger, newPath, provision, tripleOf } from '../provisioning/ledger/ledger-fixture.js';
import { runCli } from './run-cli.js';
import { startWorld, type World } from './world.js';

const REGION = { region: 'cn-shanghai' };
const UP = '/a1X2bEnP82z/meter-0001/user/update';

describe('the login at Alibaba Cloud on the command line', () => {
  it('is made of region or host, and the ledger', () => {
    expect(aliyunLogin({ ...REGION, ledger: 'a.db' }, {})).toEqual({ ledger: 'a.db', ...REGION });
    expect(aliyunLogin({ ...REGION }, { ATMQTT_LEDGER: 'b.db' })).toEqual({ ledger: 'b.db', ...REGION });
    const host = { aliyunHost: 'mqtts://h', ledger: 'a.db', sign: 'host', id: 'gateway' } as const;
    expect(aliyunLogin(host, { ATMQTT_LEDGER: 'b.db' })).toEqual({
      ...{ ledger: 'a.db', host: 'mqtts://h', sign: 'host', cid: 'gateway' },
    });
  });

  it('is none for those who name a broker, though ATMQTT_LEDGER is set', async () => {
    expect(aliyunLogin({ broker: 'mqtt://h' }, { ATMQTT_LEDGER: 'b.db' })).toBeUndefined();
    expect(await clientSettings({ broker: 'mqtt://h' })).toMatchObject({ login: undefined, rules: {} });
  });

  it.each([
    [{ ...REGION }, 'no ledger: give --ledger <file> or set ATMQTT_LEDGER'],
    [{ ledger: 'a.db', broker: 'h' }, '--ledger needs --region or --aliyun-host'],
    [{ sign: 'host' }, '--sign needs --region or --aliyun-host'],
    [{ passphraseFile: 'x' }, '--passphrase-file needs --region or --aliyun-host'],
    [
      { ...REGION, ledger: 'a.db', broker: 'h', username: 'u', pw: 'hunter2' },
      'the triple of the module is its login at Alibaba Cloud: leave out -b, -u, -P, ' +
        'and ATMQTT_BROKER, ATMQTT_USERNAME and ATMQTT_PASSWORD empty',
    ],
    [
      { ...REGION, ledger: 'a.db', willRetain: true },
      'Alibaba Cloud publishes no will: leave out --will-retain',
    ],
  ] as const)('is refused with %j', (options, message) => {
    expect(() => aliyunLogin(options, {})).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT', message }),
    );
  });

  it('has the keepalive of the cloud, and needs no client id for a session that is kept', async () => {
    const settings = await clientSettings({ ...REGION, ledger: 'a.db', disableCleanSession: true });
    expect(settings.session).toMatchObject({ keepalive: 300, clean: false });
    await expect(clientSettings({ ...REGION, ledger: 'a.db', keepalive: 0 })).rejects.toThrow(
      /^keepalive is 0, but/,
    );
  });
});

/** A cloud that knows module 1, and a ledger in which it is verified. */
async function startCloud(options: { readonly passphrase?: string } = {}) {
  const ledger = await newLedger(1, options);
  await provision(ledger, imeiOf(1));
  const cloud = await startAliyunCloud({ products: [{ productKey: 'a1X2bEnP82z', devices: [tripleOf(1)] }] });
  onTestFinished(() => cloud.close());
  return { ledger, cloud };
}

const startModule = (cloud: AliyunCloud, module: number): Promise<World> =>
  startWorld({ broker: cloud.url, identity: { imei: imeiOf(module) } });

describe('atmqtt pub', () => {
  it('logs in with the triple of its module, and shows no secret', async () => {
    const { cloud, ledger } = await startCloud();
    const { modem } = await startModule(cloud, 1);
    const published = new Promise((resolve) => cloud.events.once('published', resolve));
    const { code, stdout, stderr } = await runCli(
      ['pub', '-p', modem.url, '--region', 'cn-shanghai', '-t', UP, '-m', 'x', '-q', '1', '-d'],
      { environment: { ATMQTT_LEDGER: ledger.path } },
    );
    expect({ code, stdout: String(stdout) }).toEqual({ code: 0, stdout: '' });
    expect(await published).toMatchObject({ deviceName: 'meter-0001', topic: UP });
    expect(stderr).toContain('"aliauth",0,"a1X2bEnP82z","meter-0001","***"');
    expect(stderr).not.toContain('hush');
  });

  it('reads the passphrase of the ledger from a file', async () => {
    const { cloud, ledger } = await startCloud({ passphrase: 'correct horse' });
    const { modem } = await startModule(cloud, 1);
    const file = newPath();
    writeFileSync(file, 'correct horse\n');
    const args = ['pub', '-p', modem.url, '--aliyun-host', 'h', '--ledger', ledger.path, '-t', UP, '-n'];
    expect(await runCli([...args, '--passphrase-file', file])).toMatchObject({ code: 0, stderr: '' });
    const { code, stderr } = await runCli(args);
    expect(code).toBe(1);
    expect(stderr).toMatch(/its secrets are encrypted: give the passphrase/);
  });

  it('says what to do with a module that was not verified', async () => {
    const { cloud, ledger } = await startCloud();
    const { modem } = await startModule(cloud, 7);
    const { code, stderr } = await runCli([
      ...[
        'pub',
        '-p',
        modem.url,
        '--region',
        'cn-shanghai',
        '--ledger',
        ledger.path,
        '-t',
        UP,
        '-n',
        '--json',
      ],
    ]);
    expect(code).toBe(1);
    const { error } = JSON.parse(stderr);
    expect(error.code).toBe('NOT_PROVISIONED');
    expect(error.message).toContain(`the IMEI ${imeiOf(7)}: put it on a station`);
  });

  it.each([
    [['-q', '2'], 'qos is 2, but'],
    [['-r'], 'retain is true, but'],
    [['-k', '20'], 'keepalive is 20, but'],
  ])('refuses %j before it opens the port', async (args, message) => {
    const base = ['pub', '-p', '/dev/none', '--region', 'cn-shanghai', '--ledger', 'a.db', '-t', UP, '-n'];
    const { code, stderr } = await runCli([...base, ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
