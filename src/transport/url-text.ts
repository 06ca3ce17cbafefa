import { ArgumentError } from '../errors/kinds.js';

/** A part of a URL with its %XX decoded. */
export function decodeUrlPart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ArgumentError('port', JSON.stringify(text), 'a URL in which two hex digits follow each %');
  }
}

/** A source as errors name it: without user, password and query, which may hold secrets. */
export function sourceName(source: string): string {
  return source.replace(/\/\/[^/]*@/, '//***@').replace(/[?#].*$/s, '');
}
