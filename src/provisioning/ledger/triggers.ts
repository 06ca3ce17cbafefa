/** The trigger that refuses what the condition describes; without one, all. */
export function refuse(name: string, event: string, when: string | undefined, why: string): string {
  const condition = when === undefined ? '' : `\nWHEN ${when}`;
  return `CREATE TRIGGER ${name} BEFORE ${event}${condition}\nBEGIN SELECT RAISE(ABORT, '${why}'); END;\n`;
}

/** Rows are added, and never changed or taken away. */
function appendOnly(table: string): string {
  return (
    refuse(`${table}_not_changed`, `UPDATE ON ${table}`, undefined, `rows of ${table} are never changed`) +
    refuse(`${table}_not_deleted`, `DELETE ON ${table}`, undefined, `rows of ${table} are never deleted`)
  );
}

/** Just this binding is being released, in this very statement. */
const RELEASED = `EXISTS (
  SELECT 1 FROM release r WHERE r.triple_id = OLD.id AND r.imei = OLD.imei AND r.done = 0)`;

/** The attempt that works on this triple for this module now. */
const OPEN_ATTEMPT = `SELECT a.id FROM attempt a
  WHERE a.imei = NEW.imei AND a.triple_id = NEW.id AND a.outcome IS NULL`;

/** Which state may follow on which; `new` only by a release. */
const STATE_CHANGES = `
  ('new', 'reserved'), ('failed', 'reserved'), ('written', 'reserved'),
  ('reserved', 'written'), ('written', 'verified'), ('exported', 'verified'), ('verified', 'exported'),
  ('reserved', 'failed'), ('written', 'failed'), ('verified', 'failed'), ('exported', 'failed')`;

/** A triple stays with its module, and its states follow on each other with a cause. */
const TRIPLE_RULES = [
  refuse('triple_begins_new', 'INSERT ON triple', "NEW.state <> 'new'", 'a triple begins new and free'),
  refuse('triple_not_deleted', 'DELETE ON triple', undefined, 'a triple is never deleted'),
  refuse(
    'triple_identity',
    'UPDATE OF id, batch_id, line, product_key, device_name, origin, named_for, imported_at ON triple',
    undefined,
    'what a triple is never changes',
  ),
  refuse(
    'triple_secret',
    'UPDATE OF secret ON triple',
    `OLD.secret IS NOT NULL AND NEW.secret IS NOT OLD.secret AND NOT (NEW.secret IS NULL AND ${RELEASED})`,
    'the secret of a triple is set once',
  ),
  refuse(
    'triple_binding',
    'UPDATE OF imei ON triple',
    `OLD.imei IS NOT NULL AND NEW.imei IS NOT OLD.imei AND NOT (NEW.imei IS NULL AND ${RELEASED})`,
    'a triple stays with its module unless it is released',
  ),
  refuse(
    'triple_state_change',
    'UPDATE OF state ON triple',
    `NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (VALUES ${STATE_CHANGES})
  AND NOT (NEW.state = 'new' AND ${RELEASED})`,
    'this state may not follow on that one',
  ),
  refuse(
    'triple_attempt',
    'UPDATE OF state, imei, secret ON triple',
    `NEW.state NOT IN ('new', 'exported')
  AND (NEW.state <> OLD.state OR NEW.imei IS NOT OLD.imei OR NEW.secret IS NOT OLD.secret)
  AND NOT EXISTS (${OPEN_ATTEMPT})`,
    'only an open attempt at the module changes its triple',
  ),
  refuse(
    'triple_proof',
    'UPDATE OF state, verified_at, verified_attempt ON triple',
    `NEW.verified_at IS NOT NULL
  AND (NEW.verified_at IS NOT OLD.verified_at OR NEW.verified_attempt IS NOT OLD.verified_attempt
    OR (NEW.state = 'verified' AND OLD.state <> 'verified'))
  AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.attempt_id = (${OPEN_ATTEMPT})
    AND j.attempt_id = NEW.verified_attempt AND j.event = 'prove' AND j.what = 'done')`,
    'only a proof in this very attempt verifies a triple',
  ),
  refuse(
    'triple_export',
    'UPDATE OF state, export_id ON triple',
    `NEW.export_id IS NOT OLD.export_id AND NEW.export_id IS NOT NULL
  AND NOT (NEW.state = 'exported' AND EXISTS (SELECT 1 FROM export_item i JOIN export e ON e.id = i.export_id
    WHERE e.id = NEW.export_id AND i.triple_id = NEW.id AND e.finished_at IS NULL))`,
    'an export takes what is verified, and lists it',
  ),
  `CREATE TRIGGER triple_state_told AFTER UPDATE OF state, reason_code, reason_message ON triple
WHEN NEW.state NOT IN ('new', 'exported')
  AND (NEW.state <> OLD.state OR NEW.reason_code IS NOT OLD.reason_code
    OR NEW.reason_message IS NOT OLD.reason_message)
BEGIN
  INSERT INTO journal (at, attempt_id, triple_id, imei, event, what, code, detail)
  VALUES (NEW.changed_at, (${OPEN_ATTEMPT}), NEW.id, NEW.imei, 'state', NEW.state,
    NEW.reason_code, NEW.reason_message);
END;
`,
].join('');

const ATTEMPT_RULES = [
  refuse('attempt_not_deleted', 'DELETE ON attempt', undefined, 'an attempt is never deleted'),
  refuse(
    'attempt_over',
    'UPDATE ON attempt',
    'OLD.outcome IS NOT NULL',
    'an attempt that has ended stays as it is',
  ),
  refuse(
    'attempt_identity',
    'UPDATE OF id, run_id, imei, iccid, firmware, port, started_at ON attempt',
    undefined,
    'what an attempt is never changes',
  ),
  refuse(
    'attempt_triple',
    'UPDATE OF triple_id ON attempt',
    'OLD.triple_id IS NOT NULL AND NEW.triple_id IS NOT OLD.triple_id',
    'an attempt has one triple',
  ),
  `CREATE TRIGGER attempt_begun AFTER INSERT ON attempt
BEGIN
  INSERT INTO journal (at, attempt_id, triple_id, imei, event, what, code, detail)
  VALUES (NEW.started_at, NEW.id, NEW.triple_id, NEW.imei, 'attempt', coalesce(NEW.outcome, 'begun'),
    NEW.reason_code, NEW.reason_message);
END;
`,
  `CREATE TRIGGER attempt_ended AFTER UPDATE OF outcome ON attempt
BEGIN
  INSERT INTO journal (at, attempt_id, triple_id, imei, event, what, code, detail)
  VALUES (NEW.ended_at, NEW.id, NEW.triple_id, NEW.imei, 'attempt', NEW.outcome,
    NEW.reason_code, NEW.reason_message);
END;
`,
].join('');

const JOURNAL_RULES = [
  appendOnly('journal'),
  refuse(
    'journal_step',
    'INSERT ON journal',
    `NEW.event NOT IN ('attempt', 'state', 'release', 'export') AND NOT EXISTS (
    SELECT 1 FROM attempt a WHERE a.id = NEW.attempt_id AND a.outcome IS NULL)`,
    'steps belong to an open attempt',
  ),
  refuse(
    'journal_observation',
    'INSERT ON journal',
    `NEW.intent_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.id = NEW.intent_id
    AND j.what = 'intent' AND j.event = NEW.event AND j.attempt_id = NEW.attempt_id)`,
    'an observation belongs to an intent of its attempt',
  ),
].join('');

/** An insertion is the release: the binding goes in the same statement, so neither can be without the other. */
const RELEASE_RULES = [
  refuse(
    'release_of_binding',
    'INSERT ON release',
    `NEW.done <> 0 OR NOT EXISTS (SELECT 1 FROM triple t WHERE t.id = NEW.triple_id AND t.imei = NEW.imei)`,
    'there is no such binding to release',
  ),
  refuse(
    'release_of_idle',
    'INSERT ON release',
    'EXISTS (SELECT 1 FROM attempt a WHERE a.imei = NEW.imei AND a.outcome IS NULL)',
    'an attempt at the module has not ended',
  ),
  `CREATE TRIGGER release_done AFTER INSERT ON release
BEGIN
  INSERT INTO journal (at, triple_id, imei, operator, event, what, detail)
  SELECT NEW.at, t.id, t.imei, NEW.operator, 'release', t.state, NEW.reason FROM triple t WHERE t.id = NEW.triple_id;
  -- The cloud has refused this very secret: a registered device needs a new one.
  UPDATE triple SET state = 'new', imei = NULL, reason_code = NULL, reason_message = NULL, changed_at = NEW.at,
    verified_at = NULL, verified_attempt = NULL, export_id = NULL,
    secret = iif(origin = 'registration' AND reason_code = 'SIGNATURE_REFUSED', NULL, secret)
  WHERE id = NEW.triple_id;
  UPDATE release SET done = 1 WHERE id = NEW.id;
END;
`,
  refuse(
    'release_not_changed',
    'UPDATE ON release',
    `OLD.done <> 0 OR NEW.done <> 1 OR (NEW.id, NEW.triple_id, NEW.imei, NEW.operator, NEW.reason, NEW.at)
    IS NOT (OLD.id, OLD.triple_id, OLD.imei, OLD.operator, OLD.reason, OLD.at)`,
    'rows of release are never changed',
  ),
  refuse('release_not_deleted', 'DELETE ON release', undefined, 'rows of release are never deleted'),
].join('');

const EXPORT_RULES = [
  appendOnly('export_item'),
  refuse('export_not_deleted', 'DELETE ON export', undefined, 'rows of export are never deleted'),
  refuse(
    'export_identity',
    'UPDATE ON export',
    `OLD.finished_at IS NOT NULL OR (NEW.id, NEW.file, NEW.operator, NEW.at)
    IS NOT (OLD.id, OLD.file, OLD.operator, OLD.at)`,
    'an export is finished once, and never changed',
  ),
].join('');

/**
 * What no program may do to a ledger, this one included: one triple on two modules, a state without its proof, a step
 * rubbed out. The constraints of the tables (one IMEI one triple, one open attempt per IMEI) stand beside them.
 */
export const TRIGGERS = [
  ...['meta', 'batch', 'product'].map(appendOnly),
  ...[TRIPLE_RULES, ATTEMPT_RULES, JOURNAL_RULES, RELEASE_RULES, EXPORT_RULES],
].join('');
