import { checkOneOf } from '../../at/checks.js';
import { fixedRequest, NO_INFORMATION, type Nothing, type OneStageCommand } from '../../at/command.js';
import { iccidOf } from '../../at/commands/iccid.js';
import { bareText, manyLines, oneLine } from '../../at/commands/information.js';
import { DEFAULT_LIMITS, RADIO_LIMITS } from '../../at/commands/limits.js';
import {
  hexadecimalOf,
  integerOf,
  integersOf,
  type Parameter,
  setParameters,
  toHexadecimal,
} from '../../at/parameters.js';
import type { Cell, CellKind } from '../../modem/module-kind.js';

/** `AT+LGMR`: the full name of the firmware, bare text, e.g. `NT26KCNA00NNA-L…`. lmqtt.md 7 [C]. */
export const FIRMWARE: OneStageCommand<Nothing, string> = {
  name: '+LGMR',
  form: 'action',
  request: fixedRequest('AT+LGMR'),
  response: bareText('+LGMR'),
  limits: DEFAULT_LIMITS,
  abortable: false,
};

/** `AT+LCCID` → `+LCCID: <ICCID>`, as `iccidOf` reads it; quotes are tolerated. lmqtt.md 7 [C]. */
export const ICCID: OneStageCommand<Nothing, string> = {
  name: '+LCCID',
  form: 'action',
  request: fixedRequest('AT+LCCID'),
  response: oneLine<string>('+LCCID', {
    parse: ([iccid, ...rest]) => (rest.length === 0 && iccid !== undefined ? iccidOf(iccid.text) : undefined),
    format: (iccid) => iccid,
  }),
  limits: DEFAULT_LIMITS,
  abortable: false,
};

const SLOTS = [1, 2] as const;

interface SimSlot {
  readonly slot: (typeof SLOTS)[number];
}

/** `AT+LUIMSLOT?` → `+LUIMSLOT: <slot>`. lmqtt.md 7 [C for the command, A for the shape of the answer]. */
export const SIM_SLOT: OneStageCommand<Nothing, SimSlot> = {
  name: '+LUIMSLOT',
  form: 'read',
  request: fixedRequest('AT+LUIMSLOT?'),
  response: oneLine<SimSlot>('+LUIMSLOT', {
    parse: (parameters) => toSlot(integersOf(parameters)),
    format: ({ slot }) => String(slot),
  }),
  limits: DEFAULT_LIMITS,
  abortable: false,
};

/** `AT+LUIMSLOT=<slot>`, between `AT+CFUN=0` and `AT+CFUN=1`. lmqtt.md 7 [C]. */
export const SELECT_SIM_SLOT: OneStageCommand<SimSlot, Nothing> = {
  name: '+LUIMSLOT',
  form: 'set',
  request: {
    format: ({ slot }) => `AT+LUIMSLOT=${checkOneOf('slot', slot, SLOTS)}`,
    parse: (line) => toSlot(integersOf(setParameters(line, '+LUIMSLOT'))),
  },
  response: NO_INFORMATION,
  limits: RADIO_LIMITS,
  abortable: false,
};

function toSlot(numbers: readonly number[] | undefined): SimSlot | undefined {
  const slot = SLOTS.find((known) => known === numbers?.[0]);
  return slot === undefined || numbers?.length !== 1 ? undefined : { slot };
}

/** Field 0. `neighbourcell` [C]; `servingcell` [A, as in the sister dialect's `+QCELL`]. */
const KINDS: Readonly<Record<CellKind, string>> = { serving: 'servingcell', neighbour: 'neighbourcell' };

/** What stands for a number that the module does not know [A]; whatever is no number is read so. */
const UNKNOWN = '-';

/**
 * `AT+LCELL?` → a line for each cell:
 * `+LCELL: "servingcell","LTE",<MCC>,<MNC>,<TAC hex>,<cell hex>,<PCI>,<rxlev>,<EARFCN>,<RSRP>,<RSRQ>,<SNR>`.
 * lmqtt.md 7 [C for the fields from the MCC on, counted from 0; A for the two before them].
 */
export const CELLS: OneStageCommand<Nothing, readonly Cell[]> = {
  name: '+LCELL',
  form: 'read',
  request: fixedRequest('AT+LCELL?'),
  response: manyLines<Cell>('+LCELL', { parse: parseCell, format: formatCell }),
  limits: DEFAULT_LIMITS,
  abortable: false,
};

function parseCell(parameters: readonly Parameter[]): Cell | undefined {
  const [kind, technology, mcc, mnc, tac, cell, pci, rxlev, earfcn, rsrp, rsrq, snr] = parameters;
  if (parameters.length < 12 || kind === undefined || mcc === undefined || mnc === undefined)
    return undefined;
  return {
    kind: kind.text === KINDS.neighbour ? 'neighbour' : 'serving',
    technology: technology?.text ?? '',
    mcc: mcc.text,
    mnc: mnc.text,
    tac: hexadecimalOf(tac),
    cell: hexadecimalOf(cell),
    pci: integerOf(pci),
    rxlev: integerOf(rxlev),
    earfcn: integerOf(earfcn),
    rsrp: integerOf(rsrp),
    rsrq: integerOf(rsrq),
    snr: integerOf(snr),
  };
}

function formatCell(cell: Cell): string {
  const { pci, rxlev, earfcn, rsrp, rsrq, snr } = cell;
  return [
    `"${KINDS[cell.kind]}"`,
    `"${cell.technology}"`,
    cell.mcc,
    cell.mnc,
    cell.tac === undefined ? UNKNOWN : toHexadecimal(cell.tac, 4),
    cell.cell === undefined ? UNKNOWN : toHexadecimal(cell.cell, 8),
    ...[pci, rxlev, earfcn, rsrp, rsrq, snr].map((number) => number ?? UNKNOWN),
  ].join(',');
}

/** `AT+MPOF=1`: switches the module off; `NORMAL POWER DOWN` follows. lmqtt.md 7 [C]. */
export const POWER_OFF: OneStageCommand<Nothing, Nothing> = {
  name: '+MPOF',
  form: 'set',
  request: fixedRequest('AT+MPOF=1'),
  response: NO_INFORMATION,
  limits: RADIO_LIMITS,
  abortable: false,
};
