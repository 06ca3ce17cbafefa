/**
 * The text without the pair of double quotes around the whole of it, if there is one: lmqtt.md 6 [C]. Quotes
 * inside do not count, as the module escapes none: `"{"a":1}"` is `{"a":1}`.
 */
export function withoutQuotes(text: string): string {
  return text.length >= 2 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
}
