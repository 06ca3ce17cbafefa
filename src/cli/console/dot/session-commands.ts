import type { Qos } from '../../../dialects/dialect.js';
import { ifSupported } from '../../../modem/if-supported.js';
import type { Modem } from '../../../modem/modem.js';
import { connectOptions } from '../../connect-options.js';
import { WORDS } from '../../decode/dialect-words.js';
import { factLines, readFacts } from '../../info/facts.js';
import { addConnectionOptions, type ConnectionOptions } from '../../options/connection-options.js';
import { isSimulated } from '../../port.js';
import { qos } from '../../values.js';
import { typedBytes } from '../readable.js';
import { firstWord } from '../typed-line.js';
import { type DotCommand, parseUsage, usageError } from './dot-command.js';

export const STATUS: DotCommand = {
  name: '.status',
  usage: '.status',
  about: 'identity, SIM, registration, signal, session; so does Ctrl-T',
  run: async (_rest, { session, mqtt, view }) => {
    const { facts, module } = await mqtt.withModem(async (modem, signal) => ({
      facts: await readFacts(modem, signal),
      module: (await sessionWords(modem, signal)) ?? 'unknown',
    }));
    view.text([
      ...factLines(facts),
      `session       ${mqtt.state}; the module says: ${module}`,
      `port          ${session.port}`,
    ]);
  },
};

/** What the module says of its session, in the first dialect that it answers. */
async function sessionWords(modem: Modem, signal: AbortSignal): Promise<string | undefined> {
  for (const { sessionState } of WORDS) {
    const state = await ifSupported(modem.execute(sessionState.command, null, { signal }));
    if (state !== undefined) return sessionState.words(state);
  }
  return undefined;
}

const CONNECT_USAGE = '.connect [-b url] [-i id] [-u user] [-P password] [-k s] [-c] [--will-topic …]';

export const CONNECT: DotCommand = {
  name: '.connect',
  usage: CONNECT_USAGE,
  about: 'session with a broker; what is left out is taken from the command line',
  run: async (rest, { connection, mqtt, view }) => {
    const { args, options } = parseUsage<ConnectionOptions>(CONNECT_USAGE, rest, (command) =>
      addConnectionOptions(command).argument('[broker]'),
    );
    const [broker] = args;
    const simulated = isSimulated(connection.port) ? { broker: 'mqtt://localhost' } : {};
    const typed = broker === undefined ? options : { ...options, broker };
    await mqtt.connect(connectOptions({ ...simulated, ...connection, ...typed }));
    view.note(`session: ${mqtt.state}`, 'good');
  },
};

export const DISCONNECT: DotCommand = {
  name: '.disconnect',
  usage: '.disconnect',
  about: 'end the session; the port stays open',
  run: async (_rest, { mqtt, view }) => {
    // Tells that there is none.
    mqtt.client.connected;
    await mqtt.disconnect();
    view.note('disconnected; the port is used raw', 'good');
  },
};

const PUB = '.pub [-q 0|1|2] [-r] <topic> [payload as it stands]';
const SUB = '.sub [-q 0|1|2] <filter>…';
const UNSUB = '.unsub <filter>…';

export const PUBLISH: DotCommand = {
  name: '.pub',
  usage: PUB,
  about: 'publish; with .hex on the payload is hex, or text with \\x00',
  run: async (rest, { mqtt, view, look, stopping }) => {
    const { topic, payload, ...options } = parsePublish(rest);
    const bytes = typedBytes(payload, look.hex);
    await mqtt.client.publish(topic, bytes, { ...options, signal: stopping() });
    view.note(
      `published ${bytes.length} bytes to ${topic}${options.qos > 0 ? ', acknowledged by the broker' : ''}`,
      'good',
    );
  },
};

export const SUBSCRIBE: DotCommand = {
  name: '.sub',
  usage: SUB,
  about: 'subscribe; messages appear as they come',
  run: async (rest, { mqtt, view }) => {
    const { args, options } = parseUsage<{ readonly qos: Qos }>(SUB, rest, (command) =>
      command.argument('<filters...>').option('-q, --qos <qos>', 'QoS', qos, 0),
    );
    await mqtt.subscribe(Object.fromEntries(args.map((filter) => [filter, { qos: options.qos }])));
    view.note(`subscribed to ${args.join(', ')}`, 'good');
  },
};

export const UNSUBSCRIBE: DotCommand = {
  name: '.unsub',
  usage: UNSUB,
  about: 'unsubscribe',
  run: async (rest, { mqtt, view }) => {
    const { args } = parseUsage(UNSUB, rest, (command) => command.argument('<filters...>'));
    await mqtt.unsubscribe(args);
    view.note(`unsubscribed from ${args.join(', ')}`, 'good');
  },
};

interface Publication {
  readonly topic: string;
  readonly payload: string;
  readonly qos: Qos;
  readonly retain: boolean;
}

/** The payload keeps its quotes and spaces: JSON can be typed as it is. */
function parsePublish(rest: string): Publication {
  let [level, retain, left] = [0 as Qos, false, rest];
  for (;;) {
    const found = firstWord(left);
    if (found === undefined) throw usageError(PUB, 'a topic is missing');
    left = found.rest;
    const [, attached] = /^(?:-q|--qos=)([012])$/.exec(found.word) ?? [];
    if (attached !== undefined) level = Number(attached) as Qos;
    else if (found.word === '-q' || found.word === '--qos') {
      const value = firstWord(left);
      if (!/^[012]$/.test(value?.word ?? '')) throw usageError(PUB, 'QoS must be 0, 1 or 2');
      level = Number(value?.word) as Qos;
      left = value?.rest ?? '';
    } else if (found.word === '-r' || found.word === '--retain') retain = true;
    else if (found.word.startsWith('-')) throw usageError(PUB, `unknown option ${found.word}`);
    else return { topic: found.word, payload: left, qos: level, retain };
  }
}
