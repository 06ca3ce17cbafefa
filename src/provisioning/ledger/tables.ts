/** Steps of an attempt: `StepName`. */
const STEPS = "'register', 'write', 'read-back', 'connect', 'prove', 'disconnect', 'reset', 'read-kept'";

/** An IMEI: TS 23.003 section 6.2.1, 15 digits. */
const imei = (column: string) => `length(${column}) = 15 AND ${column} NOT GLOB '*[^0-9]*'`;

/** A reason is there as a whole or not at all, and says something. */
const WHOLE_REASON = `CHECK ((reason_code IS NULL) = (reason_message IS NULL)),
  CHECK (reason_code <> '' AND reason_message <> '')`;

/**
 * The tables of a ledger. Times are ms since 1970. `journal` is what happened, in order, and is only ever added to;
 * `triple` and `attempt` are where things stand.
 */
export const TABLES = `
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE batch (
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL,
  operator TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;

CREATE TABLE product (
  id INTEGER PRIMARY KEY,
  batch_id INTEGER NOT NULL REFERENCES batch,
  product_key TEXT NOT NULL,
  secret TEXT NOT NULL,
  name_template TEXT NOT NULL
) STRICT;

CREATE TABLE triple (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  batch_id INTEGER NOT NULL REFERENCES batch,
  line INTEGER,
  product_key TEXT NOT NULL,
  device_name TEXT NOT NULL,
  secret TEXT,
  origin TEXT NOT NULL CHECK (origin IN ('file', 'registration')),
  -- The only IMEI that a triple of origin registration may ever have: its name was made from it.
  named_for TEXT CHECK (${imei('named_for')}),
  state TEXT NOT NULL CHECK (state IN ('new', 'reserved', 'written', 'verified', 'exported', 'failed')),
  imei TEXT UNIQUE CHECK (${imei('imei')}),
  reason_code TEXT,
  reason_message TEXT,
  imported_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  verified_at INTEGER,
  verified_attempt INTEGER REFERENCES attempt,
  export_id INTEGER REFERENCES export,
  -- Last row of the journal when the secret was registered: earlier registrations are answered by it.
  registered_step INTEGER REFERENCES journal,
  UNIQUE (product_key, device_name),
  CHECK ((state = 'new') = (imei IS NULL)),
  CHECK ((state = 'failed') = (reason_code IS NOT NULL)),
  ${WHOLE_REASON},
  CHECK (state NOT IN ('written', 'verified', 'exported') OR secret IS NOT NULL),
  CHECK (state NOT IN ('verified', 'exported') OR (verified_at IS NOT NULL AND verified_attempt IS NOT NULL)),
  CHECK (state <> 'exported' OR export_id IS NOT NULL),
  CHECK ((origin = 'registration') = (named_for IS NOT NULL)),
  CHECK (origin = 'registration' OR secret IS NOT NULL),
  CHECK (origin = 'file' OR imei IS NULL OR imei = named_for)
) STRICT;
CREATE INDEX triple_state ON triple (state);
CREATE INDEX triple_free ON triple (id) WHERE state = 'new' AND origin = 'file';
CREATE INDEX triple_name ON triple (device_name);
CREATE INDEX triple_changed ON triple (changed_at);
CREATE INDEX triple_export ON triple (export_id) WHERE export_id IS NOT NULL;

CREATE TABLE station_run (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  operator TEXT NOT NULL,
  pid INTEGER NOT NULL,
  start_token TEXT,
  boot TEXT,
  namespace TEXT,
  started_at INTEGER NOT NULL,
  beat_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;

CREATE TABLE attempt (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id INTEGER NOT NULL REFERENCES station_run,
  triple_id INTEGER REFERENCES triple,
  imei TEXT NOT NULL CHECK (${imei('imei')}),
  iccid TEXT,
  firmware TEXT,
  port TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  outcome TEXT CHECK (outcome IN ('passed', 'already', 'failed', 'interrupted')),
  reason_code TEXT,
  reason_message TEXT,
  CHECK ((outcome IS NULL) = (ended_at IS NULL)),
  CHECK ((coalesce(outcome, '') IN ('failed', 'interrupted')) = (reason_code IS NOT NULL)),
  ${WHOLE_REASON}
) STRICT;
CREATE UNIQUE INDEX attempt_one_per_imei ON attempt (imei) WHERE outcome IS NULL;
CREATE UNIQUE INDEX attempt_one_per_triple ON attempt (triple_id) WHERE outcome IS NULL;
CREATE INDEX attempt_imei ON attempt (imei);
CREATE INDEX attempt_triple ON attempt (triple_id);
CREATE INDEX attempt_started ON attempt (started_at);

CREATE TABLE journal (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  attempt_id INTEGER REFERENCES attempt,
  triple_id INTEGER REFERENCES triple,
  imei TEXT,
  -- Of what happens outside of an attempt.
  operator TEXT,
  event TEXT NOT NULL CHECK (event IN (${STEPS}, 'attempt', 'state', 'release', 'export')),
  what TEXT NOT NULL,
  code TEXT,
  detail TEXT,
  intent_id INTEGER UNIQUE REFERENCES journal,
  CHECK (event NOT IN (${STEPS}) OR what IN ('intent', 'done', 'failed')),
  CHECK ((event IN (${STEPS}) AND what <> 'intent') = (intent_id IS NOT NULL)),
  CHECK (event NOT IN (${STEPS}) OR attempt_id IS NOT NULL)
) STRICT;
CREATE INDEX journal_attempt ON journal (attempt_id);
CREATE INDEX journal_triple ON journal (triple_id);
CREATE INDEX journal_imei ON journal (imei);

CREATE TABLE release (
  id INTEGER PRIMARY KEY,
  triple_id INTEGER NOT NULL REFERENCES triple,
  imei TEXT NOT NULL,
  operator TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (trim(reason) <> ''),
  at INTEGER NOT NULL,
  -- 1 once the binding is gone, which the insertion itself sees to.
  done INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1))
) STRICT;
CREATE INDEX release_triple ON release (triple_id);

CREATE TABLE export (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  file TEXT NOT NULL,
  operator TEXT NOT NULL,
  at INTEGER NOT NULL,
  finished_at INTEGER
) STRICT;

CREATE TABLE export_item (
  export_id INTEGER NOT NULL REFERENCES export,
  triple_id INTEGER NOT NULL REFERENCES triple,
  -- The TripleRecord as JSON, as it was then: the file can be written again, whatever happens to the triple.
  record TEXT NOT NULL,
  PRIMARY KEY (export_id, triple_id)
) STRICT, WITHOUT ROWID;
`;
