import { ArgumentError } from '../../../errors/kinds.js';
import { ModemError } from '../../../errors/modem-error.js';
import type { Ledger } from '../../../provisioning/ledger/ledger.js';
import type { TripleRecord } from '../../../provisioning/ledger/ledger-types.js';
import { parseMoment } from '../moment.js';
import type { LabelsOptions } from './options.js';

/** Which modules get a label. */
export type Choice =
  | { readonly of: 'export'; readonly id: number }
  | { readonly of: 'since'; readonly since: number }
  | { readonly of: 'imei'; readonly imeis: readonly string[] }
  | { readonly of: 'all' };

/** No label for what is not known to work. */
const STATES = ['verified', 'exported'] as const;

/** Throws an `ArgumentError` unless there is just one of the four. */
export function choiceOf({ export: id, since, imei, allVerified }: LabelsOptions, now: number): Choice {
  const choices: Choice[] = [
    ...(id === undefined ? [] : [{ of: 'export', id } as const]),
    ...(since === undefined
      ? []
      : [{ of: 'since', since: parseMoment('since', since, 'since', now) } as const]),
    ...(imei === undefined ? [] : [{ of: 'imei', imeis: imei } as const]),
    ...(allVerified === true ? [{ of: 'all' } as const] : []),
  ];
  const [choice, other] = choices;
  if (choice !== undefined && other === undefined) return choice;
  const shown = choice === undefined ? 'none' : 'more than one';
  throw new ArgumentError('modules', shown, 'one of --export, --since, --imei, --all-verified');
}

/** Rejects with `NOT_PROVISIONED` for an IMEI that has no verified triple, and an `ArgumentError` for no such export. */
export function chosenRecords(ledger: Ledger, choice: Choice): TripleRecord[] {
  if (choice.of === 'all') return ledger.triples({ states: STATES });
  if (choice.of === 'since') {
    return ledger.triples({ states: STATES }).filter(({ verifiedAt = 0 }) => verifiedAt >= choice.since);
  }
  if (choice.of === 'imei') return ofImeis(ledger, choice.imeis);
  const records = ledger.triples({ states: STATES, exportId: choice.id });
  if (records.length > 0) return records;
  throw new ArgumentError('export', String(choice.id), 'the number of an export that has modules still');
}

function ofImeis(ledger: Ledger, imeis: readonly string[]): TripleRecord[] {
  const found = imeis.map((imei) => ({ imei, records: ledger.triples({ states: STATES, imei }) }));
  const missing = found.filter(({ records }) => records.length === 0).map(({ imei }) => imei);
  if (missing.length === 0) return found.flatMap(({ records }) => records);
  throw new ModemError('NOT_PROVISIONED', `no label for what was not verified: ${missing.join(', ')}`);
}
