import { ArgumentError } from '../../errors/kinds.js';
import type { ProfileValues } from './profile-options.js';

/** Of the format of the file. */
const VERSION = 1;

/** A profile as the text of its file: JSON for people to read and change. */
export function formatProfile(options: ProfileValues): string {
  return `${JSON.stringify({ version: VERSION, options }, null, 2)}\n`;
}

/** The reverse. Throws an `ArgumentError` that names the file, and quotes nothing of it: it may hold a password. */
export function parseProfile(path: string, text: string): ProfileValues {
  const content = record(path, parseJson(path, text));
  if (content.version !== VERSION) throw refused(path, `a profile of version ${VERSION}`);
  const options = Object.entries(record(path, content.options));
  const values = options.map(([name, value]): [string, string | true] => {
    if (typeof value === 'string' || value === true) return [name, value];
    throw refused(path, 'a profile whose values are text or true');
  });
  return Object.fromEntries(values);
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refused(path, 'JSON');
  }
}

function record(path: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw refused(path, 'a profile: {"version": 1, "options": {…}}');
}

function refused(path: string, limit: string): ArgumentError {
  return new ArgumentError('profile', JSON.stringify(path), limit);
}
