import { ACCOUNT, ADMIN, ALLOWED } from './broker.js';

/** Whether this is an account of the guarded door. */
export function knows(username: string | undefined, password: Buffer | undefined): boolean {
  return [ACCOUNT, ADMIN].some(
    (account) => username === account.username && password?.toString() === account.password,
  );
}

/** Whether a user may use a topic or a filter. */
export function allows(username: string | undefined, topic: string): boolean {
  return username === ADMIN.username || topic.startsWith(`${ALLOWED}/`);
}
