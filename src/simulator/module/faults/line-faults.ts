import { byChance, integerArgument, times } from './argument.js';
import type { Fault, FaultDefinition } from './fault.js';

/** Bytes. */
const LONGEST_GARBAGE = 8;

/** Lines that lmqtt.md 7 says to tolerate. */
const LINES = [
  '+CGEV: ME PDN ACT 1',
  '+CTZEU: "+32",0',
  '^MODE: 17,17',
  '+E_UTRAN Service',
  '+XUNKNOWN: 1,"OK"',
];

/** Of the serial line, and of how the module answers. */
export const LINE_FAULTS: readonly FaultDefinition[] = [
  {
    name: 'echo',
    help: 'echo stays on whatever ATE says',
    create: () => ({ echoes: true }),
  },
  {
    name: 'garbage',
    help: '1 to 8 bytes that are no ASCII stand before each output, as from a waking UART',
    create: (_argument, random): Fault => ({
      transmit: (bytes) => [Buffer.concat([garbage(random), bytes])],
    }),
  },
  {
    name: 'corrupt',
    parameter: '=<n>',
    help: 'one in n bytes that the module sends arrives with one bit changed',
    create: (argument, random) => {
      const isHit = byChance(integerArgument('corrupt', argument, [2, 1e9]), random);
      const changed = (byte: number): number => (isHit() ? byte ^ (1 << Math.floor(random() * 8)) : byte);
      return { transmit: (bytes) => [Buffer.from(bytes.map(changed))] };
    },
  },
  {
    name: 'lost-bytes',
    parameter: '=<n>',
    help: 'one in n bytes that the module sends is lost',
    create: (argument, random) => {
      const isLost = byChance(integerArgument('lost-bytes', argument, [2, 1e9]), random);
      return { transmit: (bytes) => [Buffer.from(bytes.filter(() => !isLost()))] };
    },
  },
  {
    name: 'lost-lines',
    parameter: '=<percent>',
    help: 'so many in a hundred outputs are lost whole: a URC, or an answer with its OK',
    create: (argument, random) => {
      const percent = integerArgument('lost-lines', argument, [1, 100]);
      return { transmit: (bytes) => (random() * 100 < percent ? [] : [bytes]) };
    },
  },
  {
    name: 'split',
    parameter: '[=<bytes>]',
    help: 'output comes in pieces of so many bytes, default 1',
    create: (argument) => {
      const size = integerArgument('split', argument, [1, 65_536], 1);
      return { transmit: (bytes) => pieces(bytes, size) };
    },
  },
  {
    name: 'slow',
    parameter: '=<ms>',
    help: 'so many ms pass before each output, with split before each piece of it',
    create: (argument) => ({ pieceDelay: integerArgument('slow', argument, [1, 60_000]) }),
  },
  {
    name: 'lost-input',
    parameter: '=<n>',
    help: 'one in n bytes that the module is sent is lost',
    create: (argument, random) => {
      const isLost = byChance(integerArgument('lost-input', argument, [2, 1e9]), random);
      return { receive: (bytes) => Buffer.from(bytes.filter(() => !isLost())) };
    },
  },
  {
    name: 'chatter',
    help: 'a URC stands before each final result code',
    create: (_argument, random) => ({
      unsolicited: () => LINES[Math.floor(random() * LINES.length)] as string,
    }),
  },
  {
    name: 'silent',
    help: 'the module takes bytes and answers nothing, as firmware that hangs',
    create: () => ({ hung: true }),
  },
  // After sleep the first bytes on the UART can be lost: lmqtt.md 7 [T].
  {
    name: 'sleepy',
    parameter: '=<ms>',
    help: 'after so many ms without a command line the next one is lost',
    create: (argument) => {
      const limit = integerArgument('sleepy', argument, [1, 86_400_000]);
      let last = performance.now();
      return {
        loses: () => {
          const idle = performance.now() - last;
          last = performance.now();
          return idle >= limit;
        },
      };
    },
  },
  {
    name: 'late-ok',
    parameter: '=<ms>',
    help: 'each final result code comes so many ms later',
    create: (argument) => ({ finalDelay: integerArgument('late-ok', argument, [1, 600_000]) }),
  },
  {
    name: 'late-result',
    parameter: '=<ms>',
    help: 'each result URC comes so many ms later',
    create: (argument) => ({ resultDelay: integerArgument('late-result', argument, [1, 600_000]) }),
  },
  {
    name: 'lost-ok',
    parameter: '[=<count>]',
    help: 'the next OKs, default 1, are not sent, though the commands are carried out',
    create: (argument) => {
      const applies = times(integerArgument('lost-ok', argument, [1, 1e9], 1));
      return { losesFinal: (final) => final === 'OK' && applies() };
    },
  },
  // Seen on hardware: lmqtt.md 1 [T].
  {
    name: 'result-before-ok',
    parameter: '[=<ms>]',
    help: 'the result URC comes first, the OK so many ms behind it, default 0',
    create: (argument) => ({ resultFirst: integerArgument('result-before-ok', argument, [0, 60_000], 0) }),
  },
];

/** Of data mode and of the session, in every dialect. */
export const SESSION_FAULTS: readonly FaultDefinition[] = [
  {
    name: 'no-prompt',
    help: 'data mode begins, but its prompt is not sent',
    create: () => ({ hidesPrompt: true }),
  },
  {
    name: 'stuck-prompt',
    parameter: '[=<bytes>]',
    help: 'the first bytes of each data-mode payload, default 1, get lost: the module waits for more',
    create: (argument) => {
      const lost = integerArgument('stuck-prompt', argument, [1, 8_000], 1);
      return { lostPayload: () => lost };
    },
  },
  {
    name: 'hidden-loss',
    help: 'the end of a session is not told by a URC',
    create: () => ({ hidesLoss: true }),
  },
  // As behind a NAT that forgot the connection: RFC 9293 3.5.1 calls it half-open.
  {
    name: 'session-dead',
    help: 'the module still says that the session is connected, but nothing flows until the session is closed',
    momentary: true,
    create: () => ({ begin: (target) => target.freezeSession() }),
  },
  {
    name: 'drop-broker',
    help: 'the connection to the broker breaks; a new one can be opened at once',
    momentary: true,
    create: () => ({ begin: (target) => target.dropBroker() }),
  },
  {
    name: 'broker-loss',
    help: 'the connection to the broker breaks, and none can be opened until the fault ends',
    create: () => ({ unreachable: true, begin: (target) => target.dropBroker() }),
  },
];

/** Of the module's surroundings: radio, power, port. */
export const POWER_FAULTS: readonly FaultDefinition[] = [
  {
    name: 'radio-loss',
    help: 'no cell is in reach: no signal, no registration, no connection',
    create: () => ({
      outOfCoverage: true,
      begin: (target) => target.radioChanged(),
      end: (target) => target.radioChanged(),
    }),
  },
  {
    name: 'reboot',
    help: 'the module restarts: settings and session are gone',
    momentary: true,
    create: () => ({ begin: (target) => target.reboot() }),
  },
  {
    name: 'power-off',
    help: 'the module says NORMAL POWER DOWN and is off; switched on again when the fault ends',
    create: () => ({ begin: (target) => target.powerOff(), end: (target) => target.reboot() }),
  },
  {
    name: 'unplug',
    help: 'the serial port vanishes and returns when the fault ends; the module stays on',
    create: () => ({ begin: (target) => target.unplug(), end: (target) => target.plugIn() }),
  },
];

/** NUL and high bytes: printable ones would be text, not garbage. */
function garbage(random: () => number): Buffer {
  const length = 1 + Math.floor(random() * LONGEST_GARBAGE);
  return Buffer.from(Array.from({ length }, () => (random() < 0.2 ? 0 : 0x80 + Math.floor(random() * 0x80))));
}

function pieces(bytes: Buffer, size: number): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) parts.push(bytes.subarray(at, at + size));
  return parts;
}
