import type { FailureCode } from '../../../src/provisioning/failures.js';
import type { Way } from './world.js';

/** What can be broken. */
export type FaultTarget =
  /** The process of the station. */
  | { readonly of: 'station'; readonly signal: 'SIGKILL' | 'SIGINT' }
  /** A module: a fault of the simulator that lasts, one after the other when there are several. */
  | { readonly of: 'module'; readonly faults: readonly string[] }
  /** The way to the cloud, for all. */
  | { readonly of: 'relay'; readonly break: 'cut' | 'blip' | 'stall' }
  /** The cloud itself; the specs as its faults take them, with `#` for a drawn count. */
  | { readonly of: 'cloud'; readonly fault: string };

/** A fault, and which reasons of a failure are true when it was there. */
export interface FaultKind {
  readonly name: string;
  readonly target: FaultTarget;
  /** How often beside the others. */
  readonly weight: number;
  /** ms that it lasts, from and to. */
  readonly hold: readonly [number, number];
  readonly reasons: readonly FailureCode[];
  /** Where it was over before the attempt was: a result that was lost looks like one that never came. */
  readonly passed?: readonly FailureCode[];
  /** Of an attempt that had begun to register. */
  readonly registering: readonly FailureCode[];
  /** Those over HTTP are not touched: the answer is awaited. */
  readonly sparesHttp?: true;
  /** Where it makes sense; everywhere by default. */
  readonly ways?: readonly Way[];
}

/** The answer is lost, be it that the module went, the station was told to stop, or the cloud fell silent. */
const UNANSWERED: readonly FailureCode[] = ['REGISTRATION_UNANSWERED'];
const UNASKED: readonly FailureCode[] = ['REGISTRATION_FAILED', 'REGISTRATION_UNANSWERED'];
const REGISTERED: readonly Way[] = ['http', 'module'];

const module = (
  name: string,
  weight: number,
  hold: readonly [number, number],
  ...faults: string[]
): FaultKind => ({
  ...{ name, weight, hold },
  target: { of: 'module', faults },
  reasons: ['MODULE_LOST'],
  registering: UNANSWERED,
});

const relay = (name: 'cut' | 'blip' | 'stall', hold: readonly [number, number]): FaultKind => ({
  ...{ name: `network-${name}`, weight: 2, hold },
  target: { of: 'relay', break: name },
  reasons: ['CLOUD_UNREACHABLE', 'PROOF_FAILED'],
  registering: UNASKED,
});

const cloud = (fault: string, weight: number, reasons: readonly FailureCode[]): FaultKind => ({
  ...{ name: `cloud-${fault.replace(/=.*/, '')}`, weight, hold: [300, 3_000] },
  target: { of: 'cloud', fault },
  reasons,
  registering: [],
});

const registration = (fault: string): FaultKind => ({
  ...cloud(fault, 2, []),
  registering: UNANSWERED,
  ways: REGISTERED,
});

/** What can go wrong in a factory. */
export const FAULTS: readonly FaultKind[] = [
  {
    name: 'kill',
    target: { of: 'station', signal: 'SIGKILL' },
    weight: 10,
    hold: [0, 300],
    reasons: ['INTERRUPTED'],
    registering: UNANSWERED,
  },
  {
    name: 'ctrl-c',
    target: { of: 'station', signal: 'SIGINT' },
    weight: 2,
    hold: [0, 300],
    reasons: ['INTERRUPTED'],
    registering: UNANSWERED,
    sparesHttp: true,
  },
  module('power-down', 3, [50, 4_000], 'power-off'),
  module('power-cut', 4, [50, 9_000], 'silent', 'power-off'),
  module('reboot', 3, [0, 1], 'reboot'),
  module('unplug', 4, [50, 4_000], 'unplug'),
  {
    ...module('silent', 2, [300, 9_000], 'silent'),
    passed: ['CLOUD_UNREACHABLE', 'PROOF_FAILED', 'REGISTRATION_FAILED'],
  },
  {
    ...module('radio-loss', 2, [200, 3_000], 'radio-loss'),
    reasons: ['NO_NETWORK', 'CLOUD_UNREACHABLE', 'PROOF_FAILED'],
    registering: ['REGISTRATION_FAILED', 'REGISTRATION_UNANSWERED'],
  },
  relay('cut', [50, 3_000]),
  relay('blip', [0, 1]),
  relay('stall', [100, 6_000]),
  cloud('slow=300', 1, []),
  { ...cloud('slow=5000', 1, ['CLOUD_UNREACHABLE']), registering: UNANSWERED },
  cloud('deaf', 1, ['PROOF_FAILED']),
  cloud('drop-after-login=#', 1, ['TRIPLE_IN_USE', 'CLOUD_UNREACHABLE', 'PROOF_FAILED']),
  // Return codes of CONNACK: MQTT 3.1.1 section 3.2.2.3.
  {
    ...cloud('refuse-login=3:#', 1, ['CLOUD_UNREACHABLE']),
    registering: ['REGISTRATION_FAILED', 'REGISTRATION_REFUSED'],
  },
  {
    ...cloud('refuse-login=4:#', 0.5, ['SIGNATURE_REFUSED']),
    registering: ['REGISTRATION_FAILED', 'REGISTRATION_REFUSED'],
  },
  registration('cut=#'),
  registration('cut-before=#'),
  // Over MQTT it is a CONNACK that says for certain that nothing was done.
  { ...registration('error=503:#'), registering: UNASKED },
  registration('error-after=500:#'),
];

/** The fault of this name. */
export function faultNamed(name: string): FaultKind {
  const kind = FAULTS.find((fault) => fault.name === name);
  if (kind === undefined) throw new Error(`there is no fault ${name}`);
  return kind;
}
