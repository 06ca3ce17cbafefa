import { appendOnly, refuse } from './rule-text.js';
import { TRIPLE_RULES } from './triple-rules.js';

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
