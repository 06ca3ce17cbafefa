import { checkOneOf } from '../checks.js';
import { fixedRequest, NO_INFORMATION, type Nothing, type OneStageCommand } from '../command.js';
import { iccidOf } from '../iccid.js';
import {
  hexadecimalOf,
  integerOf,
  integersOf,
  type Parameter,
  setParameters,
  toHexadecimal,
} from '../parameters.js';
import { bareText, manyLines, oneLine } from './information.js';
import { DEFAULT_LIMITS, RADIO_LIMITS } from './limits.js';

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

/** One cell that the module hears; a number is undefined when the module does not tell it. */
export interface Cell {
  readonly kind: CellKind;
  /** E.g. `LTE`. */
  readonly technology: string;
  /** Mobile country code, 3 digits. */
  readonly mcc: string;
  /** Mobile network code, 2 or 3 digits. */
  readonly mnc: string;
  /** Tracking area code. */
  readonly tac: number | undefined;
  /** E-UTRAN cell identifier. */
  readonly cell: number | undefined;
  /** Physical cell identifier. */
  readonly pci: number | undefined;
  /** Srxlev: how far the cell lies above the least level that may be camped on, in dB. */
  readonly rxlev: number | undefined;
  readonly earfcn: number | undefined;
  /** dBm [A]. */
  readonly rsrp: number | undefined;
  /** dB [A]. */
  readonly rsrq: number | undefined;
  /** dB [A]. */
  readonly snr: number | undefined;
}

export type CellKind = 'serving' | 'neighbour';

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
