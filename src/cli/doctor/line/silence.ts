import { escapeBytes } from '../../../util/escape.js';
import { EXIT } from '../../exit-codes.js';
import { type Advice, type Finding, fail } from '../finding.js';
import { sourceAt, type Target } from '../target.js';
import type { Answer, Hearing } from './answer.js';

/** What of strange bytes is shown. */
const SHOWN = 40;

/** Of a module that is there, whatever else is wrong. */
const URC = /^[+^]\w+:/m;

interface Diagnosis {
  readonly found: string;
  readonly advice: Advice;
}

const WIRES = 'TX and RX must cross: TX of the module to RX of the adapter, RX to TX, and ground to ground';

/** Why `AT` was not answered at the rate of the port, if it is known, nor at those that were tried. */
export function silenceFinding(
  target: Target,
  rate: number | undefined,
  hearing: Hearing,
  tried: readonly number[],
): Finding {
  const { answer, received } = hearing;
  const { found, advice } = diagnose(target, rate, hearing, tried);
  const seen = received === '' ? '' : `: ${sample(received)}`;
  return fail(`${found}${seen}`, EXIT.MODULE, advice, {
    answer,
    received: sample(received),
    triedRates: tried,
  });
}

/** Bytes as people can read them, cut off. */
function sample(received: string): string {
  const text = escapeBytes(received.slice(0, SHOWN));
  return received.length > SHOWN ? `${text}…` : text;
}

function diagnose(
  target: Target,
  rate: number | undefined,
  { answer, received }: Hearing,
  tried: readonly number[],
): Diagnosis {
  const others = tried.length === 0 ? '' : `, nor at ${tried.join(', ')} bit/s`;
  const rates = (rate === undefined ? '' : ` at ${rate} bit/s`) + others;
  switch (answer) {
    case 'loopback':
      return {
        found: 'what is written comes back and nothing else: TX and RX are wired together',
        advice: {
          causes: [
            'TX and RX of the adapter are connected to each other, or the module has no power and its pins float',
            'the device at the other end is no module but repeats what it gets (a terminal with echo)',
          ],
          next: [WIRES, 'check the power of the module'],
        },
      };
    case 'prompt':
      return {
        found: 'the module waits for a payload, and cannot be brought out of that',
        advice: {
          causes: ['a program ended in the middle of a publish: the module takes every byte for its payload'],
          next: ['reset the module, or switch it off and on'],
        },
      };
    case 'numeric':
      return {
        found: 'the module answers with numbers instead of words (ATV0)',
        advice: {
          causes: ['somebody has stored ATV0: atmqtt, as most programs, needs words'],
          next: ['send ATV1, and AT&W to keep it'],
        },
      };
    case 'positions':
      return {
        found: 'positions (NMEA 0183) come from this port: it is the one of the satellite receiver',
        advice: {
          causes: ['the module has several ports, and this is not the one for AT commands'],
          next: ['try its other ports: `atmqtt ports` lists them'],
        },
      };
    case 'login':
      if (target.kind === 'tcp') return serverSpeaks('the serial server asks for a login or a password');
      return {
        found: 'a computer asks for a login on this port',
        advice: {
          causes: ['at the other end is the console of a computer, not a module'],
          next: ['check where the cable ends, and give another port: `atmqtt ports` lists them'],
        },
      };
    case 'text':
      if (target.kind === 'tcp' && !URC.test(received))
        return serverSpeaks(`something else than an answer comes${rates}`);
      return strange(target, answer, rates);
    case 'garbage':
      return strange(target, answer, rates);
    default:
      return silent(target, rates);
  }
}

/** Words on a line to a server are not for the wires to explain. */
function serverSpeaks(found: string): Diagnosis {
  return {
    found,
    advice: {
      causes: [
        'the serial server itself speaks: it has a password, a menu or a banner on this port, or is no serial server',
        'another kind of device is at its other end, or a port of the module that is not for AT commands',
      ],
      next: [
        'set this port of the serial server to pass the line on, without a login',
        'check host and port of the URL, and which device the serial server has there',
      ],
    },
  };
}

function strange(target: Target, answer: Answer, rates: string): Diagnosis {
  const slow = sourceAt(target, 2400);
  return {
    found: `${answer === 'garbage' ? 'garbage' : 'something else than an answer'} comes${rates}`,
    advice: {
      causes: [
        target.kind === 'tcp' && slow === undefined
          ? 'the serial server has another rate, parity or number of bits than the module'
          : 'the module has a rate, parity or number of bits that was not tried',
        'another kind of device is at the other end, or a port of the module that is not for AT commands',
        'bad ground, or levels that do not fit: 1.8 V or 3.3 V at the module, RS-232 or 5 V at the adapter',
      ],
      next: [
        slow === undefined
          ? 'set the rate in the configuration of the serial server, or use rfc2217:// if it knows RFC 2217'
          : `give what the module is set to, e.g. -p '${slow}&parity=even'`,
        'check ground and levels',
      ],
    },
  };
}

function silent(target: Target, rates: string): Diagnosis {
  const settable = sourceAt(target, 2400) !== undefined;
  return {
    found: `the module does not answer AT${rates}`,
    advice: {
      causes: [
        'it has no power, or is switched off (PWRKEY), or still starts',
        ...(target.kind === 'inner' ? [] : ['TX and RX are not crossed, or ground is missing']),
        ...(target.kind === 'tcp' && !settable ? ['the serial server has another rate than the module'] : []),
        'this is another port of the module or of the machine',
        'its firmware hangs',
      ],
      next: [
        'check its power, and switch it off and on',
        WIRES,
        'try its other ports: `atmqtt ports` lists them',
      ],
    },
  };
}
