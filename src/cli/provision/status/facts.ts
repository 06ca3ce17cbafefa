import type { Ledger } from '../../../provisioning/ledger/ledger.js';
import type { OpenAttempt, TripleState } from '../../../provisioning/ledger/ledger-types.js';

/** What a ledger holds at this moment; no secret in it. Times are ms since 1970. */
export interface StatusFacts {
  readonly ledger: string;
  readonly counts: Readonly<Record<TripleState, number>>;
  /** Those of the new ones that any module may get; one that was registered waits for its own. */
  readonly free: number;
  /** Dynamic registration, if it was set up. */
  readonly product: { readonly productKey: string; readonly nameTemplate: string } | undefined;
  /** Attempts that have not ended, the oldest first. */
  readonly open: readonly OpenAttempt[];
  /** Exports that were cut short. */
  readonly unfinished: readonly { readonly id: number; readonly file: string; readonly modules: number }[];
  readonly lastActivity: number | undefined;
}

export function statusFacts(ledger: Ledger): StatusFacts {
  const product = ledger.product();
  return {
    ledger: ledger.path,
    counts: ledger.counts(),
    free: ledger.triples({ states: ['new'] }).filter(({ origin }) => origin === 'file').length,
    product:
      product === undefined
        ? undefined
        : { productKey: product.productKey, nameTemplate: product.nameTemplate },
    open: ledger.openAttempts(),
    unfinished: ledger
      .unfinishedExports()
      .map(({ id, file, records }) => ({ id, file, modules: records.length })),
    lastActivity: ledger.lastActivity(),
  };
}
