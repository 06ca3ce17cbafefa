import { maskSecrets } from '../../errors/secrets.js';
import type { Reason } from './ledger-types.js';

/** Longer texts are cut: they are for people. */
const MAX_LENGTH = 2_000;

type Secrets = ReadonlySet<string>;

const NONE: Secrets = new Set();

/** The text as it may stand in the books: without the secrets that are known, and those that can be told by their place. */
export function safeText(text: string, secrets: Secrets = NONE): string {
  const hidden = [...secrets].reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
  return maskSecrets(hidden).slice(0, MAX_LENGTH);
}

/** The same for a reason; one that says nothing says its code. */
export function safeReason({ code, message }: Reason, secrets: Secrets = NONE): Reason {
  const text = safeText(message, secrets);
  return { code, message: text === '' ? code : text };
}

/** What stands in the books about an error that a step threw. */
export function reasonOfError(error: unknown, secrets: Secrets): Reason {
  if (!(error instanceof Error)) return safeReason({ code: 'ERROR', message: String(error) }, secrets);
  const { code } = error as { readonly code?: unknown };
  return safeReason({ code: typeof code === 'string' ? code : error.name, message: error.message }, secrets);
}
