import type { DeviceTriple } from '../../dialects/dialect.js';
import { findAttempts, findOpenAttempts } from './attempt-records.js';
import { beginExport, findExported, findExports, findUnfinishedExports, finishExport } from './exports.js';
import {
  type FileRow,
  type ImportChoice,
  importTriples,
  type SortedRows,
  sortRows,
} from './import-triples.js';
import { findAudit } from './journal.js';
import { LedgerFile, type OpenLedgerOptions } from './ledger-file.js';
import type {
  AttemptRecord,
  AuditRecord,
  ExportRecord,
  OpenAttempt,
  Product,
  RecordFilter,
  TripleRecord,
  TripleState,
  UnfinishedExport,
} from './ledger-types.js';
import { readProduct, storeProduct } from './product.js';
import { releaseTriple } from './release.js';
import { type RunPort, refuseDouble, type StationName, StationRun } from './station-run.js';
import {
  countTriples,
  findTriples,
  isProved,
  tripleOf,
  tripleSecret,
  tripleWithId,
} from './triple-records.js';

/**
 * The books of the factory: every triple, which module has it, and every step that was taken. One SQLite file that
 * several processes of one machine may have open at once; each change is one transaction, and on the disk when the
 * method returns. All methods throw `LEDGER_BUSY`, `LEDGER_UNUSABLE`, and `CLOSED` after `close`.
 */
export class Ledger {
  readonly #file: LedgerFile;
  readonly #runs = new Set<StationRun>();

  private constructor(file: LedgerFile) {
    this.#file = file;
  }

  /** Rejects with `LEDGER_UNUSABLE`, `LEDGER_BUSY`, and an `ArgumentError` for an empty passphrase. */
  static async open(path: string, options?: OpenLedgerOptions): Promise<Ledger> {
    return new Ledger(await LedgerFile.open(path, options));
  }

  get path(): string {
    return this.#file.path;
  }

  /** Ends what `enlist` began. May be called again. Never throws. */
  close(): void {
    for (const run of this.#runs) {
      try {
        run.end();
      } catch {
        // The next station takes it over.
      }
    }
    this.#file.close();
  }

  /**
   * Takes all of the rows or none, and gives their number. `source` is the name of the file. Throws a
   * `FileRefusedError` that names the lines of what is no triple, comes twice, or contradicts the ledger; also of what is
   * in the ledger already, unless `newOnly` leaves that out.
   */
  importTriples(
    batch: { readonly source: string; readonly operator: string },
    rows: readonly FileRow[],
    choice?: ImportChoice,
  ): number {
    return importTriples(this.#file, batch, rows, choice);
  }

  /** Which rows `importTriples` would take; nothing is changed. Throws a `FileRefusedError` as that does. */
  compareTriples(source: string, rows: readonly FileRow[], choice?: ImportChoice): SortedRows {
    return this.#file.read((sql) => sortRows(sql, this.#file, source, rows, choice));
  }

  /** Sets up dynamic registration, in place of the product before. Throws an `ArgumentError`. */
  setProduct(product: Product, by: { readonly operator: string }): void {
    storeProduct(this.#file, product, by.operator);
  }

  product(): Product | undefined {
    return readProduct(this.#file);
  }

  /** How many triples are in each state. */
  counts(): Readonly<Record<TripleState, number>> {
    return this.#file.read(countTriples);
  }

  /** In the order of the import. */
  triples(filter?: RecordFilter): TripleRecord[] {
    return this.#file.read((sql) => findTriples(sql, filter));
  }

  /** In the order in which they began; `states` and `exportId` are those of their triples now. */
  attempts(filter?: RecordFilter): AttemptRecord[] {
    return this.#file.read((sql) => findAttempts(sql, filter));
  }

  /** Those that have not ended, the oldest first. */
  openAttempts(): OpenAttempt[] {
    return this.#file.read((sql) => findOpenAttempts(sql));
  }

  /** What happened to a module or a triple, in order. */
  audit(filter: { readonly imei?: string; readonly deviceName?: string }): AuditRecord[] {
    return this.#file.read((sql) => findAudit(sql, filter));
  }

  /** When something was last written, in ms since 1970; undefined for an empty ledger. */
  lastActivity(): number | undefined {
    const last = this.#file.read((sql) =>
      sql.get<{ at: number | null }>(
        `SELECT max(at) AS at FROM (SELECT max(changed_at) AS at FROM triple
         UNION ALL SELECT at FROM journal WHERE id = (SELECT max(id) FROM journal))`,
      ),
    );
    return last?.at ?? undefined;
  }

  /** A triple with its secret; undefined while it has none. */
  secretOf(tripleId: number): DeviceTriple | undefined {
    return this.#file.read((sql) => tripleSecret(sql, this.#file, tripleWithId(sql, tripleId)));
  }

  /** What a gateway writes into the module: only what was proved in it, i.e. is `verified` or `exported`. */
  verifiedTripleOf(imei: string): DeviceTriple | undefined {
    return this.#file.read((sql) => {
      const record = tripleOf(sql, imei);
      return record === undefined || !isProved(record) ? undefined : tripleSecret(sql, this.#file, record);
    });
  }

  /**
   * Takes a triple away from its module, for a reason that is kept. One of a file is free again; one of a registration
   * stays with its name, so only the same module can get it again. Throws `NOT_PROVISIONED` if there is no such
   * binding, an `ImeiInUse` if a station works on the module, and an `ArgumentError`.
   */
  release(
    what: { readonly imei?: string; readonly deviceName?: string },
    by: { readonly operator: string; readonly reason: string },
  ): TripleRecord {
    return releaseTriple(this.#file, what, by);
  }

  /** Marks all that is verified as exported. Undefined if nothing is. */
  beginExport(by: { readonly operator: string; readonly file: string }): UnfinishedExport | undefined {
    return beginExport(this.#file, by);
  }

  /** The file of the export is in place. May be called again. Throws an `ArgumentError` if there is no such export. */
  finishExport(id: number): void {
    finishExport(this.#file, id);
  }

  /** Exports that were cut short, with what belongs into their files. */
  unfinishedExports(): UnfinishedExport[] {
    return this.#file.read(findUnfinishedExports);
  }

  /** The oldest first. */
  exports(): ExportRecord[] {
    return this.#file.read(findExports);
  }

  /** What an export took, as it was when it began; empty if there is no such export. */
  exported(id: number): TripleRecord[] {
    return this.#file.read((sql) => findExported(sql, id));
  }

  /** Throws `INVALID_ARGUMENT` if a station that runs has one of the ports; for one that writes nothing. */
  requireIdlePorts(ports: readonly RunPort[]): void {
    this.#file.read((sql) => refuseDouble(sql, undefined, ports));
  }

  /**
   * Begins the run of a station, which lasts as long as this process; looks for damage in the file first, and ends the
   * attempts of stations that are dead. Throws `INVALID_ARGUMENT` if a station that runs has its name or one of its ports.
   */
  enlist(by: StationName): StationRun {
    this.#file.check();
    const run = StationRun.begin(this.#file, by);
    this.#runs.add(run);
    return run;
  }
}
