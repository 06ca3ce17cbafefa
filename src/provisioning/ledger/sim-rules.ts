import { refuse } from './rule-text.js';

/** Whether it is not known that two attempts were at modules with one SIM: `isSameCard`, for what it writes. */
const otherSim = (one: string, other: string) =>
  `(${one}.iccid IS NULL OR ${other}.iccid IS NULL
    OR rtrim(upper(${one}.iccid), 'F') <> rtrim(upper(${other}.iccid), 'F'))`;

/** The attempt that verified the triple of attempt `a`, if it was another one and its SIM is not known to be that of `a`. */
const verifiedInAnother = (a: string) => `EXISTS (
    SELECT 1 FROM triple t JOIN attempt v ON v.id = t.verified_attempt
    WHERE t.id = ${a}.triple_id AND v.id <> ${a}.id AND ${a}.other_sim = 0 AND ${otherSim('v', a)})`;

/**
 * Version 2: a triple that was verified in a module goes no second time into one whose SIM is another one or not known,
 * and neither passes as the first one, unless the station was told to take another SIM.
 */
export const SIM_RULES = [
  // 1: an operator has said that the module may come with another SIM than it was verified with.
  'ALTER TABLE attempt ADD COLUMN other_sim INTEGER NOT NULL DEFAULT 0 CHECK (other_sim IN (0, 1));\n',
  'DROP TRIGGER attempt_identity;\n',
  refuse(
    'attempt_identity',
    'UPDATE OF id, run_id, imei, iccid, firmware, port, started_at, other_sim ON attempt',
    undefined,
    'what an attempt is never changes',
  ),
  refuse(
    'attempt_same_sim',
    'UPDATE OF outcome ON attempt',
    `NEW.outcome IN ('passed', 'already') AND ${verifiedInAnother('NEW')}`,
    'the triple was verified in a module with another SIM, or an unknown one',
  ),
  refuse(
    'journal_same_sim',
    'INSERT ON journal',
    `NEW.event = 'write' AND NEW.what = 'intent' AND EXISTS (
  SELECT 1 FROM attempt a WHERE a.id = NEW.attempt_id AND ${verifiedInAnother('a')})`,
    'the triple was verified in a module with another SIM, or an unknown one',
  ),
  refuse(
    'triple_same_sim',
    'UPDATE OF verified_attempt ON triple',
    `NEW.verified_attempt IS NOT OLD.verified_attempt AND EXISTS (
  SELECT 1 FROM attempt v, attempt n WHERE v.id = OLD.verified_attempt AND n.id = NEW.verified_attempt
  AND n.other_sim = 0 AND ${otherSim('v', 'n')})`,
    'the triple was verified in a module with another SIM, or an unknown one',
  ),
].join('');
