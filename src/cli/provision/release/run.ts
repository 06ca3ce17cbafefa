import { ArgumentError } from '../../../errors/kinds.js';
import { ModemError } from '../../../errors/modem-error.js';
import type { Ledger } from '../../../provisioning/ledger/ledger.js';
import type { TripleRecord, TripleState } from '../../../provisioning/ledger/ledger-types.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import type { Invocation } from '../../invocation.js';
import { canAsk, confirm } from '../confirm.js';
import { operatorName, withLedger } from '../open-ledger.js';
import type { ReleaseOptions } from './command.js';

export async function run(options: ReleaseOptions, invocation: Invocation): Promise<ExitCode> {
  const { target, reason } = checkedTarget(options);
  const by = { operator: operatorName(options), reason };
  return withLedger(options, async (ledger) => {
    const bound = boundTriple(ledger, target);
    const warning = warningFor(bound.state);
    if (warning !== undefined) invocation.log.note(warning);
    if (!(await agreed(bound, options, invocation))) {
      invocation.log.note('nothing was released');
      return EXIT.FAILED;
    }
    requireUnchanged(ledger, bound);
    ledger.release(bindingOf(bound), by);
    await tell(bound, options, invocation);
    return EXIT.DONE;
  });
}

type Target = { readonly imei: string } | { readonly deviceName: string };

/** Rejects with `NOT_PROVISIONED` if there is no such binding. */
function boundTriple(ledger: Ledger, target: Target): TripleRecord {
  const [record, other] = ledger.triples(target).filter(({ imei }) => imei !== undefined);
  if (record === undefined) {
    throw new ModemError(
      'NOT_PROVISIONED',
      `no triple is bound to ${JSON.stringify(Object.values(target)[0])}`,
    );
  }
  if (other === undefined) return record;
  const what = 'several products have a device of this name: give the module with --imei';
  throw new ModemError('INVALID_ARGUMENT', what);
}

/** A station may have gone on while the question stood: the answer was about something else then. */
function requireUnchanged(ledger: Ledger, { id, imei, state }: TripleRecord): void {
  const now = ledger.triples(imei === undefined ? {} : { imei }).find((record) => record.id === id);
  if (now?.state === state) return;
  const what = `the triple is ${now?.state ?? 'released'} by now, it was ${state}: look, and try again`;
  throw new ModemError('INVALID_ARGUMENT', what);
}

/** By its module, which has no other: a device name may be in several products. */
function bindingOf({ imei, deviceName }: TripleRecord): Target {
  return imei === undefined ? { deviceName } : { imei };
}

/** Throws `INVALID_ARGUMENT` when there is nobody to be asked. */
async function agreed(
  bound: TripleRecord,
  { yes = false }: ReleaseOptions,
  { input, signal }: Invocation,
): Promise<boolean> {
  if (yes) return true;
  const what = bindingText(bound);
  if (canAsk(input())) return confirm(`Release ${what}?`, input(), signal);
  throw new ModemError('INVALID_ARGUMENT', `release would take ${what} apart: give --yes to do that`);
}

async function tell(
  was: TripleRecord,
  { json = false }: ReleaseOptions,
  { output }: Invocation,
): Promise<void> {
  const { deviceName, productKey, imei, state } = was;
  if (json) await output.json({ released: { deviceName, productKey, imei, state } });
  else await output.line(`released: ${bindingText(was)}; ${futureOf(was)}`);
}

/** The reason is kept for years: it must say something. */
const REASON = /^[^\p{Cc}]{3,500}$/u;

/** Throws an `ArgumentError` unless there is just one of `--imei` and `--device`, and a reason. */
function checkedTarget({ imei, device, reason }: ReleaseOptions): { target: Target; reason: string } {
  if (!REASON.test(reason.trim())) {
    throw new ArgumentError('reason', JSON.stringify(reason), '3–500 characters on one line');
  }
  return { target: targetOf(imei, device), reason: reason.trim() };
}

function targetOf(imei: string | undefined, device: string | undefined): Target {
  if (imei !== undefined && device === undefined) return { imei };
  if (imei === undefined && device !== undefined) return { deviceName: device };
  throw new ArgumentError(
    'module',
    imei === undefined ? 'none' : 'more than one',
    'one of --imei, --device',
    'choose one of --imei, --device',
  );
}

/** E.g. `meter-7 and module 861326070275653 (verified)`. */
function bindingText({ deviceName, imei = 'none', state }: TripleRecord): string {
  return `${deviceName} and module ${imei} (${state})`;
}

/** What to be sure of before; undefined when the module was never seen working. */
function warningFor(state: TripleState): string | undefined {
  if (state !== 'verified' && state !== 'exported') return undefined;
  const shipped =
    state === 'exported' ? 'exported: the module may be in the field' : 'verified: the module works';
  return `this triple was ${shipped}; if another module gets it, the two throw each other out of the cloud`;
}

/** Who may get the triple now. A registered one has its name from the IMEI. */
function futureOf({ origin, imei = 'none' }: TripleRecord): string {
  return origin === 'file' ? 'any module may get it now' : `only module ${imei} can get it again`;
}
