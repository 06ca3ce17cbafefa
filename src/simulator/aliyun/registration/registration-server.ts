import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { checkInteger } from '../../../at/checks.js';
import { REGISTRATION_PATH } from '../../../cloud/aliyun/wire/names.js';
import {
  parseRegistrationForm,
  REGISTERED,
  type RegistrationAnswer,
} from '../../../cloud/aliyun/wire/registration.js';
import { ModemError } from '../../../errors/modem-error.js';
import { delay } from '../../../util/delay.js';
import { listenFailure } from '../../ports.js';
import type { RegistrationDesk } from './registration-desk.js';
import type { RegistrationDecision } from './registration-service.js';

export interface RegistrationServerOptions {
  /** Default 0: a free one. */
  readonly port?: number | undefined;
  /** Default `127.0.0.1`. */
  readonly host?: string | undefined;
  /** Key and certificate: HTTPS. */
  readonly tls?: TlsOptions | undefined;
}

export interface RegistrationServer {
  /** Base URL, `http://host:port` or `https://host:port`. */
  readonly url: string;
  /** Breaks all connections; idempotent. */
  close(): Promise<void>;
}

/** Longest form in bytes. */
const MAX_FORM = 16 * 1024;

/** The server, and what was asked for in either way. */
export interface Registration extends RegistrationServer {
  readonly events: RegistrationDesk['events'];
}

/** Starts the server beside a broker; the broker is closed if that fails. */
export async function startRegistration(
  desk: RegistrationDesk,
  broker: { close(): Promise<void> },
  options: RegistrationServerOptions,
): Promise<Registration> {
  try {
    return { ...(await startRegistrationServer(desk, options)), events: desk.events };
  } catch (error) {
    await broker.close();
    throw error;
  }
}

/** Serves `POST /auth/register/device`: aliyun.md 2a. Rejects with `ArgumentError` or `PORT_FAILED`. */
export async function startRegistrationServer(
  desk: RegistrationDesk,
  { port = 0, host = '127.0.0.1', tls }: RegistrationServerOptions = {},
): Promise<RegistrationServer> {
  checkInteger('registrationPort', port, 0, 65535);
  const closing = new AbortController();
  const serve: RequestListener = (request, response) => void answer(desk, request, response, closing.signal);
  const server = tls === undefined ? createServer(serve) : createTlsServer(tls, serve);
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (cause) {
    throw new ModemError('PORT_FAILED', `registration: ${host}:${port}: ${listenFailure(cause)}`, { cause });
  }
  const { port: actual } = server.address() as AddressInfo;
  let closed: Promise<unknown> | undefined;
  return {
    url: `${tls === undefined ? 'http' : 'https'}://${host}:${actual}`,
    close: async () => {
      closed ??= once(server.close(), 'close');
      closing.abort();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  desk: RegistrationDesk,
  request: IncomingMessage,
  response: ServerResponse,
  closing: AbortSignal,
): Promise<void> {
  response.on('error', () => {});
  if (request.url !== REGISTRATION_PATH) return say(response, 404);
  if (request.method !== 'POST') return say(response, 405);
  const form = await bodyOf(request);
  if (form === undefined) return say(response, 413);
  // A late answer is the worst case if the work is done before.
  const outcome = desk.handle('http', parseRegistrationForm(form));
  if (desk.delay > 0) await delay(desk.delay, closing);
  if (outcome === 'cut') response.destroy();
  else if ('status' in outcome) say(response, outcome.status);
  else say(response, 200, JSON.stringify(answerOf(outcome)));
}

/** Refusals have status 200 as well [A]. */
function answerOf(decision: RegistrationDecision): RegistrationAnswer {
  if ('triple' in decision) return { code: REGISTERED, data: decision.triple, message: 'success' };
  const { code, message } = decision.refusal;
  return { code, message };
}

function say(response: ServerResponse, status: number, json?: string): void {
  const type = json === undefined ? 'text/plain' : 'application/json;charset=utf-8';
  response.writeHead(status, { 'content-type': type, connection: 'close' }).end(json ?? `${status}\n`);
}

/** Undefined if it is too long, or cut off. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > MAX_FORM) return undefined;
      chunks.push(chunk);
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks).toString();
}
