import { onTestFinished } from 'vitest';
import { Channel } from '../../../src/at/channel.js';
import type { Degradation, InboundMessage, SessionOptions } from '../../../src/dialects/dialect.js';
import { LMQTT } from '../../../src/dialects/lmqtt/dialect.js';
import type { ModemError } from '../../../src/errors/modem-error.js';
import { AnsweringModule } from './answering-module.js';

export const OPTIONS: SessionOptions = {
  broker: { host: 'broker.example', port: 1883, tls: false },
  clientId: 'meter-7',
  keepalive: 120,
  clean: true,
  protocolVersion: 4,
  profile: 'nt26',
  buffered: false,
};

/** A session on a real channel, and what it tells. */
export function sessionOn(module = new AnsweringModule(), options: Partial<SessionOptions> = {}) {
  const channel = new Channel(module.open(), { wakeAfter: 0 });
  onTestFinished(() => channel.close());
  const told = {
    messages: [] as InboundMessage[],
    lost: [] as ModemError[],
    degraded: [] as Degradation[],
  };
  const session = LMQTT.createSession(
    channel,
    { ...OPTIONS, ...options },
    {
      message: (message) => told.messages.push(message),
      lost: (reason) => told.lost.push(reason),
      degraded: (degradation) => told.degraded.push(degradation),
    },
  );
  return { module, channel, session, ...told };
}

/** The same with the session open, and the lines so far taken. */
export async function openSession(module = new AnsweringModule(), options: Partial<SessionOptions> = {}) {
  const under = sessionOn(module, options);
  await under.session.open();
  module.take();
  module.wire = '';
  return under;
}

/** Resolves when what was sent before has been read by the other side, and its consequences are over. */
export async function settled(): Promise<void> {
  for (let turns = 0; turns < 4; turns += 1) await new Promise((resolve) => setImmediate(resolve));
}
