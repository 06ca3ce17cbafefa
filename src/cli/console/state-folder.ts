import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';

/** What was typed may tell of topics and payloads: nobody else's business. */
const OWNER_ONLY = 0o600;
const FOLDER_MODE = 0o700;

/**
 * A file that keeps what happened from one run to the next: `$XDG_STATE_HOME/atmqtt/<name>`, else
 * `~/.local/state/atmqtt/<name>` [D: XDG Base Directory 0.8; a path that is not absolute does not count].
 */
export function stateFile(name: string, environment: NodeJS.ProcessEnv = process.env): string {
  const wanted = environment.XDG_STATE_HOME ?? '';
  const base = isAbsolute(wanted) ? wanted : join(homedir(), '.local', 'state');
  return join(base, 'atmqtt', name);
}

/** The text of the file; empty when there is none, or when it cannot be read. */
export function readState(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Writes the file, or adds to its end; throws what the file system says. */
export function writeState(path: string, text: string, flag: 'w' | 'a' = 'w'): void {
  mkdirSync(dirname(path), { recursive: true, mode: FOLDER_MODE });
  writeFileSync(path, text, { flag, mode: OWNER_ONLY });
  chmodSync(path, OWNER_ONLY);
}
