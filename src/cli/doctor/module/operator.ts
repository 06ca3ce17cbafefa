import type { CommandPort } from '../../../at/command-port.js';
import { CELLS, type Cell } from '../../../at/commands/lierda.js';
import { OPERATOR } from '../../../at/commands/operator.js';
import { ifSupported } from '../../../modem/if-supported.js';

/** Operators by MCC and MNC, where these modules are used: ITU-T E.212, list of mobile network codes [D]. */
const OPERATORS: ReadonlyMap<string, string> = new Map([
  ...['46000', '46002', '46004', '46007', '46008'].map((code) => [code, 'China Mobile'] as const),
  ...['46001', '46006', '46009'].map((code) => [code, 'China Unicom'] as const),
  ...['46003', '46005', '46011', '46012'].map((code) => [code, 'China Telecom'] as const),
  ['46015', 'China Broadnet'] as const,
]);

/** The network that serves the module, as far as it tells. */
export interface ServingNetwork {
  /** A name, or MCC and MNC. */
  readonly operator: string | undefined;
  readonly cell: Cell | undefined;
}

/** What the module calls its network, else the name of its numbers; the serving cell where `AT+LCELL?` is known. */
export async function servingNetwork(port: CommandPort, signal: AbortSignal): Promise<ServingNetwork> {
  const selected = await ifSupported(port.execute(OPERATOR, null, { signal }));
  const cells = await ifSupported(port.execute(CELLS, null, { signal }));
  const cell = cells?.find(({ kind }) => kind === 'serving');
  return { operator: operatorWords(selected?.operator?.name, cell), cell };
}

function operatorWords(selected: string | undefined, cell: Cell | undefined): string | undefined {
  const numbers = /^\d{5,6}$/.test(selected ?? '') ? selected : cell && `${cell.mcc}${cell.mnc}`;
  const known = numbers === undefined ? undefined : OPERATORS.get(numbers);
  if (known !== undefined) return known;
  return selected || (numbers && `${numbers.slice(0, 3)}-${numbers.slice(3)}`);
}
