import { describe, expect, it } from 'vitest';
import { parseOptions } from '../../../src/client/options.js';
import type { RecoveryOptions } from '../../../src/client/recovery/options.js';
import { LMQTT } from '../../../src/dialects/lmqtt/dialect.js';

describe('the options of recovery', () => {
  it.each([
    [{ sessionTries: 0 }, 'recovery.sessionTries'],
    [{ climbAfter: -1 }, 'recovery.climbAfter'],
    [{ radio: 'yes' }, 'recovery.radio'],
    [{ reset: 1 }, 'recovery.reset'],
    [{ port: null }, 'recovery.port'],
    [{ rungTimeout: 0 }, 'recovery.rungTimeout'],
    [{ stableAfter: -1 }, 'recovery.stableAfter'],
    [{ failedResults: 1.5 }, 'recovery.failedResults'],
  ])('are refused: %o', (recovery, field) => {
    expect(() => parseOptions({ broker: 'mqtt://b', recovery: recovery as RecoveryOptions }, LMQTT)).toThrow(
      expect.objectContaining({ field }),
    );
  });
});
