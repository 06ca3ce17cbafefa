import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as after } from 'node:timers/promises';
import { connectAsync } from 'mqtt';
import { startBroker } from '../../../src/simulator/embedded-broker.js';
import { deferred } from '../../../src/util/deferred.js';
import { endsWithUs } from '../../helpers/processes.js';
import { inProject, inTools } from '../shared/project.js';

const GATEWAY = inTools('kill9/outbox-gateway.js');
const COMMAND = inProject('bin/atmqtt.js');

const LAST = 'up/last';

interface KillRun {
  readonly file: string;
  readonly messages: number;
  readonly kills: number;
  readonly random: () => number;
}

export interface KillResult {
  /** Numbers in the order in which they arrived, by topic; each one once. */
  readonly arrived: ReadonlyMap<string, readonly number[]>;
  readonly duplicates: number;
  /** How many were accepted before each kill. */
  readonly acceptedAtKill: readonly number[];
}

/** Kills a gateway with SIGKILL at random moments, starts it again, and lets the last one finish. */
export async function killRun({ file, messages, kills, random }: KillRun): Promise<KillResult> {
  const broker = await startBroker();
  const arrivals = await gather(broker.url);
  const sim = endsWithUs(
    spawn(process.execPath, [COMMAND, 'sim', '--tcp', '127.0.0.1:0', '--broker', broker.url]),
  );
  try {
    const port = await firstMatch(sim, /tcp:\S+/);
    const acceptedAtKill: number[] = [];
    let accepted = 0;
    for (let round = 0; round <= kills; round += 1) {
      const gateway = new Gateway([port, file, String(accepted), String(messages)], accepted);
      if (round < kills) {
        // Somewhere in the share of this round, and not only at the moment in which a line is printed.
        const share = messages / (kills + 1);
        await gateway.hasAccepted(Math.floor(share * (round + random())));
        await after(random() * 30);
        gateway.kill();
      }
      await gateway.exited;
      accepted = gateway.accepted;
      if (round < kills) acceptedAtKill.push(accepted);
      else if (gateway.code !== 0) throw new Error(`the last gateway failed: ${gateway.stderr}`);
    }
    return { ...(await arrivals.end()), acceptedAtKill };
  } finally {
    sim.kill();
    await broker.close();
  }
}

class Gateway {
  readonly exited: Promise<unknown>;
  /** Numbers below this one were accepted. */
  accepted: number;
  stderr = '';
  readonly #process: ChildProcess;
  readonly #waiting: { count: number; resolve: () => void }[] = [];

  constructor(args: readonly string[], accepted: number) {
    this.accepted = accepted;
    this.#process = endsWithUs(
      spawn(process.execPath, [GATEWAY, ...args], { stdio: ['ignore', 'pipe', 'pipe'] }),
    );
    this.exited = once(this.#process, 'close').then(() => this.#check(true));
    this.#process.stderr?.on('data', (chunk: Buffer) => {
      this.stderr += chunk;
    });
    if (this.#process.stdout === null) throw new Error('no stdout');
    createInterface(this.#process.stdout).on('line', (line) => {
      this.accepted = Math.max(this.accepted, Number(line) + 1);
      this.#check(false);
    });
  }

  get code(): number | null {
    return this.#process.exitCode;
  }

  /** Resolves when so many were accepted, or the process has ended. */
  hasAccepted(count: number): Promise<void> {
    const { promise, resolve } = deferred<void>();
    this.#waiting.push({ count, resolve: () => resolve() });
    this.#check(false);
    return promise;
  }

  kill(): void {
    this.#process.kill('SIGKILL');
  }

  #check(over: boolean): void {
    for (const { count, resolve } of this.#waiting) if (over || this.accepted >= count) resolve();
  }
}

/** What arrives at the broker. */
async function gather(url: string) {
  const client = await connectAsync(url);
  const arrived = new Map<string, number[]>();
  const last = deferred<void>();
  let duplicates = 0;
  client.on('message', (topic, payload) => {
    if (topic === LAST) return last.resolve();
    const numbers = arrived.get(topic) ?? [];
    const number = Number(payload.toString());
    if (numbers.includes(number)) duplicates += 1;
    else numbers.push(number);
    arrived.set(topic, numbers);
  });
  await client.subscribeAsync('up/#', { qos: 1 });
  return {
    end: async () => {
      // Behind a message of its own, which the broker sends last, nothing is on its way any more.
      await client.publishAsync(LAST, '0', { qos: 1 });
      await last.promise;
      await client.endAsync();
      return { arrived, duplicates };
    },
  };
}

async function firstMatch(child: ChildProcess, wanted: RegExp): Promise<string> {
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += chunk;
    const found = wanted.exec(text)?.[0];
    if (found !== undefined) return found;
  }
  throw new Error(`ended without ${wanted}`);
}
