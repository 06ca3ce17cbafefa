import { describe, expect, it } from 'vitest';
import type { RunOptions } from '../../../../src/cli/provision/run/options.js';
import type { PortRecord } from '../../../../src/cli/provision/run/port-trace.js';
import { stationSetup } from '../../../../src/cli/provision/run/station-setup.js';
import type { Ledger } from '../../../../src/provisioning/ledger/ledger.js';
import { PortWatch } from '../../../../src/provisioning/station/station-options.js';

/** Is only handed on. */
const LEDGER = {} as Ledger;

function setup(options: RunOptions, ports: readonly string[] = ['p'], record?: PortRecord) {
  const { modem, ...rest } = stationSetup(LEDGER, ports, { station: 's', operator: 'o', ...options }, record);
  return {
    rest,
    modem: (port: string, name = port) => (typeof modem === 'function' ? modem(port, name) : {}),
  };
}

describe('the options of the station', () => {
  it('are nothing but what was given', () => {
    const { rest, modem } = setup({ region: 'cn-shanghai' });
    expect(rest).toEqual({
      ledger: LEDGER,
      ports: ['p'],
      station: 's',
      operator: 'o',
      login: { region: 'cn-shanghai' },
    });
    expect(modem('p')).toEqual({});
  });

  it('hold every option of the command line', () => {
    const same = {
      expectFirmware: 'NT26*',
      expectSim: '8986',
      tries: 5,
      once: true,
      dryRun: true,
      again: true,
      provePersistent: true,
      requireReadBack: true,
      acceptOtherSim: true,
      repeatRegistration: true,
      proofTopic: '/{productKey}/{deviceName}/user/proof',
      networkTimeout: 1000,
      registrationTimeout: 2000,
      connectTimeout: 3000,
      proofTimeout: 4000,
    };
    const { rest, modem } = setup({ ...same, module: 'nt35e', host: 'h', sign: 'host', startTimeout: 5000 });
    expect(rest).toMatchObject({ ...same, profile: 'nt35e', login: { host: 'h', sign: 'host' } });
    expect(modem('p')).toEqual({ startTimeout: 5000 });
  });

  it('say how secrets are registered', () => {
    expect(setup({}).rest.registration).toBeUndefined();
    expect(setup({ registrationUrl: 'https://h' }).rest.registration).toEqual({ url: 'https://h' });
    expect(setup({ registerThroughModule: true }).rest.registration).toBe('module');
  });

  it('watch for ports where none are named', () => {
    expect(setup({}, []).rest.ports).toBeInstanceOf(PortWatch);
  });

  it('have each port traced by its name', () => {
    const seen: string[] = [];
    const { modem } = setup({}, ['p', 'q'], (port, { direction }) => seen.push(`${port} ${direction}`));
    const entry = { time: 0, at: 0, direction: '>', bytes: Buffer.from('AT\r') } as const;
    modem('q').trace?.(entry);
    modem('p').trace?.({ ...entry, direction: '<' });
    modem('p', 'slot1').trace?.(entry);
    expect(seen).toEqual(['q >', 'p <', 'slot1 >']);
  });
});
