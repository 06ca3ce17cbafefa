import type { UnitResult } from '../../../provisioning/station/station-types.js';

const BEL = '\x07';
/** ms; two at once are heard as one. */
const PAUSE = 300;

/** Rings when a unit has its result: twice if it failed. */
export interface Bell {
  ring(result: UnitResult): void;
}

export const SILENT: Bell = { ring: () => {} };

/** The bell of a terminal. It moves no cursor, so a board may be shown at the same time. */
export function terminalBell(stream: NodeJS.WriteStream): Bell {
  const ring = () => {
    stream.write(BEL);
  };
  return {
    ring: ({ outcome }) => {
      ring();
      if (outcome === 'failed') setTimeout(ring, PAUSE).unref();
    },
  };
}
