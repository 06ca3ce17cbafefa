/** `${name}`, `${1}`, `${env.NAME}`. */
const PLACE = /\$\{([^}]*)\}/g;

/** Where a value comes from: `set`, a capture, or the environment. */
type Lookup = (name: string) => string | undefined;

/** The text with its variables replaced; `protect` is applied to each value. */
export function substitute(text: string, lookup: Lookup, protect = (value: string) => value): string {
  return text.replace(PLACE, (_all, name: string) => protect(lookup(name) ?? ''));
}

/** The names of the variables in the text. */
export function namesIn(text: string): string[] {
  return [...text.matchAll(PLACE)].map(([, name = '']) => name);
}

/** A value that stands for itself within a regular expression. */
export function regexLiteral(value: string): string {
  return value.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** The values of a run. A capture of the last expression that matched counts by its number, and by its name for good. */
export class Variables {
  readonly #named = new Map<string, string>();
  #captures: readonly string[] = [];

  readonly lookup: Lookup = (name) => {
    const environment = /^env\.(.+)$/.exec(name)?.[1];
    if (environment !== undefined) return process.env[environment];
    if (/^\d+$/.test(name)) return this.#captures[Number(name)];
    return this.#named.get(name);
  };

  set(name: string, value: string): void {
    this.#named.set(name, value);
  }

  capture(match: RegExpExecArray): void {
    this.#captures = [...match].map((value) => value ?? '');
    for (const [name, value] of Object.entries(match.groups ?? {})) this.#named.set(name, value ?? '');
  }
}
