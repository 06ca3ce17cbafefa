import { fixedRequest, type Nothing, type OneStageCommand } from '../command.js';
import { integerOf, type Parameter } from '../parameters.js';
import { hexadecimalOf, toHexadecimal } from './hexadecimal.js';
import { manyLines } from './information.js';
import { DEFAULT_LIMITS } from './limits.js';

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
