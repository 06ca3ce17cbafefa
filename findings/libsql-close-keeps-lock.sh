#!/usr/bin/env bash
# What one would expect: close() of an SQLite database gives the file up, as in better-sqlite3, whose interface libsql
# offers (its close() finalizes all statements).
# What happens: with `locking_mode = EXCLUSIVE` and a write-ahead log the file stays locked after close(), as statements
# that were prepared keep the connection. The next open in the same process gets SQLITE_BUSY, as if another process had
# the file; there is no finalize() to be called, and a collection of garbage at once does not help. Leaving WAL
# (`journal_mode = DELETE`), then `locking_mode = NORMAL` and one read end the lock before close().
# Versions: libsql 0.5.29, Node.js 20.20.
# Why it matters here: the durable outbox locks its file in this way. On a full disk the log cannot be left, and the next
# open in the process said that another process had the file.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent libsql@0.5.29 >/dev/null
cat >program.cjs <<'JS'
const Database = require('libsql');
const READ = 'SELECT count(*) AS rows FROM t';

/** What an open in this process gives: the rows, or the code of the failure. */
function open(path) {
  try {
    return `${new Database(path).prepare(READ).get().rows} row`;
  } catch ({ code }) {
    return code;
  }
}

function locked(path) {
  const database = new Database(path);
  database.exec('PRAGMA locking_mode = EXCLUSIVE');
  database.exec('PRAGMA journal_mode = WAL');
  database.exec('CREATE TABLE t (x)');
  database.prepare('INSERT INTO t VALUES (1)').run();
  return database;
}

(async () => {
  locked('a.db').close();
  const afterClose = open('a.db');
  await new Promise(setImmediate);
  global.gc();
  const afterCollection = open('a.db');

  const database = locked('b.db');
  database.prepare('PRAGMA journal_mode = DELETE').get();
  database.exec('PRAGMA locking_mode = NORMAL');
  database.prepare(READ).get();
  database.close();
  const afterLetGo = open('b.db');

  console.log(`libsql ${JSON.parse(require('fs').readFileSync('node_modules/libsql/package.json')).version}, Node ${process.version}`);
  console.log(`open after close():                   ${afterClose}`);
  console.log(`open after close() and a collection:  ${afterCollection}`);
  console.log(`open after leaving WAL and close():   ${afterLetGo}`);
  const seen = [afterClose, afterCollection, afterLetGo].join();
  process.exitCode = seen === 'SQLITE_BUSY,SQLITE_BUSY,1 row' ? 0 : 1;
})();
JS
node --expose-gc program.cjs
