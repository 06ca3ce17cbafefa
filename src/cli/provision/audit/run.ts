import { ModemError } from '../../../errors/modem-error.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import type { Invocation } from '../../invocation.js';
import { alignColumns } from '../../text-table.js';
import { withLedger } from '../open-ledger.js';
import type { AuditOptions } from './options.js';
import { auditColumns, auditRecord, auditTrail } from './trail.js';

export async function run(options: AuditOptions, { output }: Invocation): Promise<ExitCode> {
  const trail = await withLedger(options, (ledger) => auditTrail(ledger, options.name));
  if (trail.length === 0) {
    const name = JSON.stringify(options.name);
    throw new ModemError('NOT_PROVISIONED', `the ledger knows no module and no triple of the name ${name}`);
  }
  if (options.json === true) for (const entry of trail) await output.json(auditRecord(entry));
  else for (const line of alignColumns(trail.map(auditColumns))) await output.line(line);
  return EXIT.DONE;
}
