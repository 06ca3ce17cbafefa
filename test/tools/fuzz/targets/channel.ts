import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Channel } from '../../../../src/at/channel.js';
import type { Command } from '../../../../src/at/command.js';
import { IMEI, SERIAL_NUMBER } from '../../../../src/at/commands/identity.js';
import { SIGNAL_QUALITY } from '../../../../src/at/commands/signal.js';
import { CONNECT, CONNECT_STATE, OPEN } from '../../../../src/dialects/lmqtt/connection-commands.js';
import { LMQTT_IDENTITY } from '../../../../src/dialects/lmqtt/identity.js';
import { PUBLISH, READ, SUBSCRIBE_UNSUBSCRIBE } from '../../../../src/dialects/lmqtt/message-commands.js';
import { ModemError } from '../../../../src/errors/modem-error.js';
import { BootReader } from '../../../../src/modem/boot-markers.js';
import { IDLE_TURNS_IN_MEMORY, VirtualClock } from '../../shared/virtual-clock.js';
import type { Target } from '../campaign.js';
import { ALL_URCS } from '../declarations.js';
import { HostileModule, type Reaction } from '../hostile-module.js';
import { wireText } from '../wire.js';

const BOOT = new BootReader(LMQTT_IDENTITY.boot);

const publication = { id: 0, messageId: 1, qos: 1, retain: false, topic: 't' } as const;

type Request = readonly [Command<unknown, unknown>, unknown];

const REQUESTS: readonly Request[] = [
  [SIGNAL_QUALITY, null],
  [IMEI, null],
  [SERIAL_NUMBER, null],
  [OPEN, { id: 0, host: 'h', port: 1883 }],
  [CONNECT, { id: 0, clientId: 'meter-7', username: 'u', password: 'hunter2' }],
  [CONNECT_STATE, null],
  [SUBSCRIBE_UNSUBSCRIBE, { id: 0, action: 'subscribe', messageId: 1, topics: [{ topic: 'a', qos: 1 }] }],
  [PUBLISH, { ...publication, form: 'inline', payload: Buffer.from('ab') }],
  [PUBLISH, { ...publication, form: 'data', payload: Buffer.from('\r\n\0') }],
  [READ, { id: 0, messageId: 1 }],
];

/** The requests by their place in the list, so that a finding is short. */
const request = fc.nat({ max: REQUESTS.length - 1 });

const reaction: fc.Arbitrary<Reaction> = fc.record({
  kind: fc.constantFrom('good', 'bytes', 'both'),
  text: wireText,
  delay: fc.constantFrom(0, 0, 0, 1, 4_000, 7_000, 50_000),
});

/** Far beyond all limits together: what has not settled by then never does. */
const A_DAY = 24 * 60 * 60 * 1000;

/** Beyond the time that a counted payload may take to be complete. */
const MINUTE = 60_000;

interface Case {
  /** Places in `REQUESTS`. */
  readonly requests: readonly number[];
  readonly script: readonly Reaction[];
  /** Comes unasked. */
  readonly unasked: string;
}

async function survives({ requests, script, unasked }: Case): Promise<void> {
  const clock = new VirtualClock(IDLE_TURNS_IN_MEMORY);
  clock.install();
  try {
    const module = new HostileModule(script);
    const channel = new Channel(module, {
      wakeAfter: 0,
      bootMarker: (line) => BOOT.marker(line),
    });
    for (const urc of ALL_URCS) channel.onUrc(urc, () => {});
    let settled = 0;
    for (const [command, args] of requests.map((place) => REQUESTS[place] as Request)) {
      channel.execute(command, args).then(
        () => {
          settled += 1;
        },
        (error: unknown) => {
          assert(error instanceof ModemError);
          assert(!JSON.stringify([error.message, error.command, error.lines]).includes('hunter2'));
          settled += 1;
        },
      );
    }
    module.says(unasked);
    await clock.pass(A_DAY, () => settled === requests.length);
    assert.equal(settled, requests.length, 'a request hangs');
    module.mend();
    await clock.pass(MINUTE);
    await worksAgain(channel, clock);
    channel.close();
    await clock.pass(MINUTE);
    assert.equal(clock.pending, 0, 'a timer is left');
  } finally {
    clock.uninstall();
  }
}

/**
 * The next exchange is a good one; or the one behind it, if the module answered something with a final result code of
 * something else, and was then left at a prompt: such codes carry no identity.
 */
async function worksAgain(channel: Channel, clock: VirtualClock): Promise<void> {
  const first = await signalQuality(channel, clock);
  const answer = first instanceof ModemError ? await signalQuality(channel, clock) : first;
  assert.deepEqual(answer, { rssi: 27, ber: 99 });
}

async function signalQuality(channel: Channel, clock: VirtualClock): Promise<unknown> {
  let answer: unknown;
  const keep = (value: unknown): void => {
    answer = value;
  };
  channel.execute(SIGNAL_QUALITY, null).then(keep, keep);
  await clock.pass(A_DAY, () => answer !== undefined);
  return answer;
}

export const CHANNEL: Target = {
  name: 'channel',
  weight: 2,
  property: fc.asyncProperty(
    fc.record({
      requests: fc.array(request, { minLength: 1, maxLength: 4 }),
      script: fc.array(reaction, { maxLength: 5 }),
      unasked: wireText,
    }),
    survives,
  ),
};
