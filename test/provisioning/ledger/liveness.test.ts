import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { isAlive, type StationProcess, thisProcess } from '../../../src/provisioning/ledger/liveness.js';

const linux = process.platform === 'linux';
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

function station(given: Partial<StationProcess> = {}): StationProcess {
  return { ...thisProcess(), beatAt: Date.now(), endedAt: undefined, ...given };
}

/** A process that does nothing, and what a ledger would know of it. */
async function startProcess() {
  const child = spawn(process.execPath, ['-e', 'console.log("ready"); setInterval(() => {}, 1e6)']);
  children.push(child);
  await once(child.stdout, 'data');
  const stat = readFileSync(`/proc/${child.pid}/stat`, 'latin1');
  const startToken = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return { child, pid: child.pid ?? 0, startToken };
}

describe.runIf(linux)('On Linux a station', () => {
  it('lives as long as its process, without any sign of life.', async () => {
    const { child, pid, startToken } = await startProcess();
    const other = station({ pid, startToken, beatAt: 0 });
    expect(isAlive(other)).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(isAlive(other)).toBe(false);
  });

  it('is dead when another process has its number.', async () => {
    const { pid, startToken } = await startProcess();
    expect(isAlive(station({ pid, startToken: `${Number(startToken) - 1}` }))).toBe(false);
  });

  it('is dead when it has ended and only its parent does not know yet.', async () => {
    // The shell starts a process, becomes one that never asks for the end of it, and so leaves a zombie.
    const shell = spawn('sh', ['-c', 'sh -c "echo \\$\\$; read line" <&3 & exec sleep 1000'], {
      stdio: ['ignore', 'pipe', 'ignore', 'pipe'],
    });
    children.push(shell);
    const [printed] = await once(shell.stdout as NonNullable<typeof shell.stdout>, 'data');
    const pid = Number(String(printed));
    const statOf = () => readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = statOf()
      .slice(statOf().lastIndexOf(')') + 2)
      .split(' ');
    const zombie = station({ pid, startToken: fields[19] });
    expect(isAlive(zombie)).toBe(true);
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => / Z /.test(statOf())).toBe(true);
    expect(isAlive(zombie)).toBe(false);
  });

  it('is dead after a boot, whatever its number.', () => {
    expect(isAlive(station())).toBe(true);
    expect(isAlive(station({ boot: '00000000-0000-0000-0000-000000000000' }))).toBe(false);
  });

  it('of another container is believed for a minute.', () => {
    const namespace = 'pid:[1]';
    expect(isAlive(station({ namespace, pid: 1 }))).toBe(true);
    expect(isAlive(station({ namespace, pid: process.pid, beatAt: Date.now() - 61_000 }))).toBe(false);
  });
});

describe('Where only the number of a process is known, a station', () => {
  const unknown = { startToken: undefined, boot: undefined, namespace: undefined };
  const self = { ...thisProcess(), ...unknown };

  it('lives while there is such a process, and it gave a sign of life within a minute.', () => {
    expect(isAlive(station({ ...unknown }), self)).toBe(true);
    expect(isAlive(station({ ...unknown, beatAt: Date.now() - 61_000 }), self)).toBe(false);
    expect(isAlive(station({ ...unknown, pid: 2 ** 30 }), self)).toBe(false);
  });
});

it('A station that has ended is dead, whatever its process does.', () => {
  expect(isAlive(station({ endedAt: 1 }))).toBe(false);
});
