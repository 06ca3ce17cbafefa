/**
 * Finds citations that lead nowhere and dialects that are named outside their folder, and lists rooms that are too full
 * or too small: `check-sources.js [root]`. A citation is the name of a page of `docs/wire`, or of another Markdown file,
 * with the numbers of sections or rows if there are any: `lmqtt.md 5`, `lessons.md 3, 6`. A dialect is named by its
 * folder's name, or by a command that no file of `src/at` knows. The list fails nothing.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A folder with more files, and a file with fewer lines, is worth a look. */
const FULL_FOLDER = 24;
const SMALL_FILE = 20;

const CITATION = /((?:[\w.-]+\/)*[\w-]+\.md)\b(?: (\d+(?:(?:, | and | to )\d+)*))?/g;

/** Of a page for users only links count: its examples name files of theirs. */
const LINK = /\]\(((?:[\w.-]+\/)*[\w-]+\.md)()\b/g;

const root = process.argv[2] ?? '.';
const texts = filesIn('src', /\.ts$/).concat(
  // But for the pages that the test of this tool makes up.
  filesIn('test', /\.(?:ts|js)$/).filter((path) => !path.includes('check-sources')),
  filesIn('docs', /\.md$/),
  readdirSync(root).filter((name) => name.endsWith('.md')),
);

/** Knows the dialects by name, and the table of secrets, which masks before anybody knows which module it is. */
const MAY_NAME = /^src\/(?:dialects\/|errors\/secret-commands\.ts$)/;

const problems = [...texts.flatMap(danglingIn), ...namesOfDialects()];
for (const problem of problems) console.error(problem);
for (const line of [...fullFolders(), ...smallFiles()]) console.log(line);
if (problems.length > 0) process.exitCode = 1;

function filesIn(folder, name) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesIn(path, name);
    return name.test(entry.name) ? [path] : [];
  });
}

function linesOf(path) {
  return readFileSync(join(root, path), 'utf8').split('\n');
}

function danglingIn(path) {
  const citation = path.includes('/') ? CITATION : LINK;
  return linesOf(path).flatMap((line, index) =>
    [...line.matchAll(citation)].flatMap(([, page, numbers]) => {
      const where = `${path}:${index + 1}`;
      const found = pageOf(path, page);
      if (found === undefined) return [`${where}: there is no ${page}`];
      return missing(found, numbers).map((number) => `${where}: ${found} has no section or row ${number}`);
    }),
  );
}

/** Links lead from the file itself, paths from the root, and names alone into `docs/wire`. */
function pageOf(path, page) {
  return [join(dirname(path), page), page, join('docs/wire', page)].find((file) =>
    existsSync(join(root, file)),
  );
}

function missing(page, numbers) {
  const text = linesOf(page);
  const known = new Set(text.flatMap((line) => /^(?:## |\| )(\d+)(?:\.| \|)/.exec(line)?.[1] ?? []));
  return (numbers?.match(/\d+/g) ?? []).filter((number) => !known.has(number));
}

function namesOfDialects() {
  if (!existsSync(join(root, 'src/dialects'))) return [];
  const folders = readdirSync(join(root, 'src/dialects'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  const general = commandsIn('src/at');
  const own = [...commandsIn('src/dialects')].filter((command) => !general.has(command));
  const names = [...folders, ...own.map((command) => command.slice(1))].sort((a, b) => b.length - a.length);
  if (names.length === 0) return [];
  const pattern = new RegExp(names.join('|'), 'gi');
  return filesIn('src', /\.ts$/)
    .filter((path) => !MAY_NAME.test(path))
    .flatMap((path) =>
      linesOf(path).flatMap((line, index) => {
        const [name] = line.replaceAll(CITATION, '').match(pattern) ?? [];
        return name === undefined ? [] : [`${path}:${index + 1}: ${name} belongs into its dialect`];
      }),
    );
}

/** Extended commands (V.250 5.4) in the texts of a folder. */
function commandsIn(folder) {
  const found = filesIn(folder, /\.ts$/).flatMap((path) =>
    linesOf(path).flatMap((line) => line.match(/[+][A-Z][A-Z0-9_]{2,}/g) ?? []),
  );
  return new Set(found);
}

function fullFolders() {
  const counts = new Map();
  for (const path of filesIn('src', /\.ts$/)) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
  return [...counts]
    .filter(([, files]) => files > FULL_FOLDER)
    .map(([folder, files]) => `${folder} has ${files} files`);
}

function smallFiles() {
  const small = filesIn('src', /\.ts$/).filter((path) => linesOf(path).length - 1 < SMALL_FILE);
  return small.length === 0 ? [] : [`${small.length} files of src have fewer than ${SMALL_FILE} lines`];
}
