import { userInfo } from 'node:os';
import { ArgumentError } from '../../errors/kinds.js';

/** Option of the commands that change the ledger. */
export interface OperatorOptions {
  readonly operator?: string;
}

/** The name that goes into the books: 1–64 characters, none of them a control character. Throws an `ArgumentError`. */
export function operatorName({ operator }: OperatorOptions): string {
  const name = (operator ?? userName()).trim();
  if (/^[^\p{Cc}]{1,64}$/u.test(name)) return name;
  throw new ArgumentError(
    'operator',
    JSON.stringify(name),
    '1–64 characters without control characters; give --operator <name>',
  );
}

/** Empty for a user without an entry in the list of users, as in some containers. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
