import { renameSync, rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AliyunLedgerOptions } from '../../src/provisioning/aliyun-options.js';
import {
  enlist,
  imeiOf,
  newLedger,
  newPath,
  provision,
  tripleOf,
} from '../provisioning/ledger/ledger-fixture.js';
import { happens, LoginWorld } from './login-world.js';

const REGION = { region: 'cn-shanghai' };

/** A ledger in which modules 1 and 2 are verified, and a cloud that knows three devices. Module 1 is on the port. */
async function startWorld({ passphrase }: { readonly passphrase?: string } = {}) {
  const ledger = await newLedger(3, passphrase === undefined ? {} : { passphrase });
  await provision(ledger, imeiOf(1));
  await provision(ledger, imeiOf(2));
  const world = await LoginWorld.start([1, 2, 3].map(tripleOf));
  await put(world, 1);
  const aliyun: AliyunLedgerOptions = { ledger: ledger.path, ...REGION, passphrase };
  return { world, ledger, aliyun };
}

const put = (world: LoginWorld, module: number) => world.put({ identity: { imei: imeiOf(module) } });

/** The login line of the triple in the lines so far, without the secret. */
const written = ({ commands }: LoginWorld) =>
  commands.flatMap((line) => /"aliauth",0,"[^"]*","([^"]+)"/.exec(line)?.[1] ?? []);

describe('a gateway with the ledger of the factory', () => {
  it('logs in with the triple that was verified in its module', async () => {
    const { world, aliyun } = await startWorld();
    await world.connect({ aliyun });
    expect(world.logins).toEqual(['meter-0001 meter-0001']);
  });

  it('lets atmqtt sign, under another cid', async () => {
    const { world, aliyun } = await startWorld();
    await world.connect({ aliyun: { ...aliyun, sign: 'host', cid: 'gateway' } });
    expect(world.logins).toEqual(['meter-0001 gateway']);
    expect(written(world)).toEqual([]);
  });

  it('reads a ledger whose secrets are encrypted, with its passphrase only', async () => {
    const { world, aliyun } = await startWorld({ passphrase: 'correct horse' });
    await world.connect({ aliyun });
    expect(world.logins).toEqual(['meter-0001 meter-0001']);
    const error = await world.refusal({ aliyun: { ...aliyun, passphrase: 'wrong horse' } });
    expect(error).toMatchObject({ code: 'LEDGER_UNUSABLE' });
    expect(error.message).toMatch(/the passphrase is wrong/);
    expect(error.message).not.toContain('horse');
  });

  it('gives an exchanged module its own triple, and the first one its own when it is back', async () => {
    const { world, aliyun } = await startWorld();
    const client = await world.connect({ aliyun });
    for (const [module, login] of [
      [2, 'meter-0002 meter-0002'],
      [1, 'meter-0001 meter-0001'],
    ] as const) {
      const up = happens(client, 'connect');
      await put(world, module);
      await up;
      expect(world.logins.at(-1)).toBe(login);
    }
    expect(written(world)).toEqual(['meter-0001', 'meter-0002', 'meter-0001']);
  });

  it('does not let a module in that was not verified, and says what to do', async () => {
    const { world, ledger, aliyun } = await startWorld();
    await put(world, 3);
    const unfinished = enlist(ledger).attempt({ imei: imeiOf(3) }, '/dev/ttyUSB0');
    unfinished.reserve();
    const error = await world.refusal({ aliyun });
    expect(error).toMatchObject({
      code: 'NOT_PROVISIONED',
      message:
        `the ledger ${ledger.path} has no verified triple for the module with the IMEI ${imeiOf(3)}: put it on a ` +
        `station (atmqtt provision run), or see what happened to it (atmqtt provision audit ${imeiOf(3)})`,
    });
    expect(world.logins).toEqual([]);
    expect(written(world)).toEqual([]);
  });

  it('waits for the station with a new module, without a reset, and goes on when it is verified', async () => {
    const { world, ledger, aliyun } = await startWorld();
    const client = await world.connect({ aliyun, recovery: { port: false } });
    const refused = happens(client, 'error', ({ code }) => code === 'NOT_PROVISIONED');
    await put(world, 3);
    await refused;
    const step = happens(client, 'recovery', ({ stage }) => stage === 'login');
    expect((await step)[0]).toMatchObject({ rung: 'session', reason: { code: 'NOT_PROVISIONED' } });
    const up = happens(client, 'connect');
    await provision(ledger, imeiOf(3));
    await up;
    expect(world.logins.at(-1)).toBe('meter-0003 meter-0003');
    expect(world.commands.join()).not.toMatch(/CFUN/);
  });

  it('does not use a triple any more that was released', async () => {
    const { world, ledger, aliyun } = await startWorld();
    const client = await world.connect({ aliyun });
    ledger.release({ imei: imeiOf(1) }, { operator: 'ann', reason: 'scrapped' });
    const refused = happens(client, 'error', ({ code }) => code === 'NOT_PROVISIONED');
    world.module.reboot();
    await refused;
    expect(world.logins).toHaveLength(1);
  });

  it('finds out before it opens the port that there is no ledger', async () => {
    const { world, aliyun } = await startWorld();
    const error = await world.refusal({ aliyun: { ...aliyun, ledger: newPath() } });
    expect(error).toMatchObject({ code: 'LEDGER_UNUSABLE' });
    expect(world.commands).toEqual([]);
  });

  it('keeps the ledger open for no longer than a look: a copy put back in its place counts', async () => {
    const { world, aliyun } = await startWorld();
    const client = await world.connect({ aliyun });
    const other = await newLedger(3);
    await provision(other, imeiOf(7));
    other.close();
    rmSync(`${aliyun.ledger}-wal`, { force: true });
    rmSync(`${aliyun.ledger}-shm`, { force: true });
    renameSync(other.path, aliyun.ledger);
    const refused = happens(client, 'error', ({ code }) => code === 'NOT_PROVISIONED');
    world.module.reboot();
    await refused;
  });
});
