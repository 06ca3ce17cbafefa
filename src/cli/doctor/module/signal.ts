import { SIGNAL_SENTENCES, type Signal } from '../../../modem/signal.js';
import { EXIT } from '../../exit-codes.js';
import { type Finding, fail, ok, warn } from '../finding.js';
import type { Step } from '../patient.js';

/** What the module receives. */
export const SIGNAL: Step = {
  name: 'signal',
  title: 'signal',
  needs: ['at'],
  examine: async ({ plan, modem, registration }) => {
    const signal = await modem.get().signal({ signal: plan.signal, sinr: true });
    return signalFinding(signal, registration.value !== undefined);
  },
};

const ANTENNA = {
  causes: [
    'the antenna is missing, badly placed, on the wrong socket, or for other bands',
    'thick walls, a cellar, or a metal case around the antenna',
  ],
  next: ['check the antenna and its plug, then another place: outdoors or at a window'],
};

/** Without a signal that is a failure, unless the module is registered all the same: then it just cannot tell. */
export function signalFinding(signal: Signal, registered: boolean): Finding {
  const { quality, rssi, rsrp, rsrq, sinr } = signal;
  const facts = { quality, rssi: rssi ?? null, rsrp: rsrp ?? null, rsrq: rsrq ?? null, sinr: sinr ?? null };
  if (quality === 'none') {
    if (!registered) return fail(SIGNAL_SENTENCES.none, EXIT.NETWORK, ANTENNA, facts);
    const next = ['ask again in a minute with `atmqtt info`'];
    return warn('no signal is measured, although the module is registered', { ...ANTENNA, next }, facts);
  }
  const values = [
    ...(rsrp === undefined ? [] : [`RSRP ${rsrp} dBm`]),
    ...(rsrq === undefined ? [] : [`RSRQ ${rsrq} dB`]),
    ...(rssi === undefined ? [] : [`RSSI ${rssi} dBm`]),
    ...(sinr === undefined ? [] : [`SINR ${sinr} dB`]),
  ];
  const words = `${SIGNAL_SENTENCES[quality]} (${values.join(', ')})`;
  return quality === 'poor' ? warn(words, ANTENNA, facts) : ok(words, facts);
}
