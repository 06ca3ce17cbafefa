import { NotRun } from '../../shared/not-run.js';
import type { Broker, Door, Endpoint } from './broker.js';

const UNKNOWN = 'of another broker only a plain address is known';

/** EMQX, or whatever `INTEROP_BROKER` names; without it the matrix says that nothing was run. */
export async function findExternal(): Promise<Broker> {
  const address = process.env.INTEROP_BROKER;
  if (address === undefined || address === '') throw new NotRun('INTEROP_BROKER is not set');
  const url = new URL(address);
  const { username, password } = url;
  const login = { username: decodeURIComponent(username), password: decodeURIComponent(password) };
  const doors: Record<Door, Endpoint | string> = {
    plain: { host: url.hostname, port: Number(url.port || 1883), ...(username === '' ? {} : { login }) },
    tls: UNKNOWN,
    mutual: UNKNOWN,
    ws: UNKNOWN,
    guarded: UNKNOWN,
  };
  return { name: 'external', title: url.host, doors, lacks: {} };
}
