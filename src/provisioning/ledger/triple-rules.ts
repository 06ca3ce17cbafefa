import { refuse } from './rule-text.js';

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
export const TRIPLE_RULES = [
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
