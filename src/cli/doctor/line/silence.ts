import { escapeBytes } from '../../../util/escape.js';
import { EXIT } from '../../exit-codes.js';
import { type Advice, type Finding, fail } from '../finding.js';
import type { Target } from '../target.js';
import type { Answer } from './judge.js';

/** What of strange bytes is shown. */
const SHOWN = 40;

interface Diagnosis {
  readonly found: string;
  readonly advice: Advice;
}

const WIRES = 'TX and RX must cross: TX of the module to RX of the adapter, RX to TX, and ground to ground';

/** Why `AT` was not answered. `tried` are other rates, `received` what came instead, latin1. */
export function silenceFinding(
  target: Target,
  answer: Answer,
  received: string,
  tried: readonly number[],
): Finding {
  const { found, advice } = diagnose(target, answer, tried);
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

function diagnose(target: Target, answer: Answer, tried: readonly number[]): Diagnosis {
  const rates = tried.length === 0 ? '' : `, nor at ${tried.join(', ')} bit/s`;
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
      return {
        found: 'a computer asks for a login on this port',
        advice: {
          causes: ['at the other end is the console of a computer, not a module'],
          next: ['check where the cable ends, and give another port: `atmqtt ports` lists them'],
        },
      };
    case 'garbage':
    case 'text':
      return strange(target, answer, rates);
    default:
      return silent(target, rates);
  }
}

function strange(target: Target, answer: Answer, rates: string): Diagnosis {
  const rate = target.kind === 'device' ? ` at ${target.settings.baudRate} bit/s` : '';
  return {
    found: `${answer === 'garbage' ? 'garbage' : 'something else than an answer'} comes${rate}${rates}`,
    advice: {
      causes: [
        target.kind === 'tcp'
          ? 'the serial server has another rate, parity or number of bits than the module'
          : 'the module has a rate, parity or number of bits that was not tried',
        'another kind of device is at the other end, or a port of the module that is not for AT commands',
        'bad ground, or levels that do not fit: 1.8 V or 3.3 V at the module, RS-232 or 5 V at the adapter',
      ],
      next: [
        target.kind === 'device'
          ? `give what the module is set to, e.g. -p 'serial://${target.settings.path}?baudRate=2400&parity=even'`
          : 'set the rate in the configuration of the serial server',
        'check ground and levels',
      ],
    },
  };
}

function silent(target: Target, rates: string): Diagnosis {
  const rate = target.kind === 'device' ? ` at ${target.settings.baudRate} bit/s${rates}` : '';
  return {
    found: `the module does not answer AT${rate}`,
    advice: {
      causes: [
        'it has no power, or is switched off (PWRKEY), or still starts',
        ...(target.kind === 'inner' ? [] : ['TX and RX are not crossed, or ground is missing']),
        ...(target.kind === 'tcp' ? ['the serial server has another rate than the module'] : []),
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
