/** Why a server cannot listen, and what to do. */
export function listenFailure(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return 'another program listens there already: choose another port, or 0 for a free one';
  if (code === 'EACCES') return 'this user may not listen there: choose a port from 1024';
  if (code === 'EADDRNOTAVAIL') return 'this machine does not have that address';
  return `cannot listen there: ${message}`;
}
