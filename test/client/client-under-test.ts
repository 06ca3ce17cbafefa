import type { EventEmitter } from 'node:events';
import { onTestFinished } from 'vitest';
import type { Client } from '../../src/client/client.js';
import type { ClientEvents } from '../../src/client/client-types.js';
import { connect } from '../../src/client/connect.js';
import type { ConnectOptions } from '../../src/client/options.js';
import { AnsweringModule } from '../dialects/lmqtt/answering-module.js';

export const OPTIONS: ConnectOptions = {
  broker: 'mqtt://broker.example',
  clientId: 'meter-7',
  reconnectPeriod: 1,
  maxReconnectPeriod: 2,
};

/** A client that is connected through a module, and has said so; the lines so far are taken. */
export async function connected(module = new AnsweringModule(), options: Partial<ConnectOptions> = {}) {
  const client = await connect(module.open, { ...OPTIONS, ...options });
  onTestFinished(() => client.end({ force: true }));
  await happens(client, 'connect');
  module.take();
  return { module, client };
}

/** The names of the client's events from now on, and what `error` tells. */
export function eventsOf(client: Client): string[] {
  const events: string[] = [];
  for (const name of ['connect', 'offline', 'close', 'end', 'reboot'] as const) {
    client.on(name, () => events.push(name));
  }
  client.on('reconnect', (attempt) => events.push(`reconnect ${attempt}`));
  client.on('error', ({ code }) => events.push(`error ${code}`));
  client.on('recovery', ({ rung, reason }) => events.push(`recovery ${rung} ${reason.code}`));
  return events;
}

/** The session ends. */
export const LOSS = '\r\n+LMQTTURC: STATS,0,1\r\n';

/** The bytes of the module's ROM when it starts: lmqtt.md 7 [T]. */
export const BOOT = "\x80^boot.rom'v\x80!\n";

/** Resolves with the arguments of the next event; unlike `once` of `node:events` it does not listen for errors. */
export function happens<K extends keyof ClientEvents>(client: Client, name: K): Promise<ClientEvents[K]> {
  return new Promise((resolve) => {
    (client as EventEmitter).once(name, (...args) => resolve(args as ClientEvents[K]));
  });
}
