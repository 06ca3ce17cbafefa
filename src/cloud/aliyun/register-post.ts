import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { onAbort } from '../../util/abort.js';

export interface PostOptions {
  /** ms for everything. */
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
  /** PEM; in place of the authorities that Node knows. */
  readonly ca?: string | Buffer | undefined;
}

/** `unsent`: no byte of the request has left. `lost`: it has, and no whole answer came. */
export type PostOutcome =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string }
  | {
      readonly kind: 'unsent' | 'lost';
      readonly reason: string;
      readonly aborted: boolean;
      readonly cause?: unknown;
    };

/** Longest answer in bytes; those of the service have some 200. */
const MAX_ANSWER = 64 * 1024;

/**
 * Posts a form once; never rejects. Not by `fetch`: that neither tells whether the request has left, nor can it be told
 * to use a connection of its own. Here there is a new connection for it, which nothing is written to before it, and
 * TLS, stands: so a request is neither sent twice nor on a connection that is dead already. No redirect is followed.
 */
export function postOnce(url: URL, body: string, { timeout, signal, ca }: PostOptions): Promise<PostOutcome> {
  const secure = url.protocol === 'https:';
  const headers = {
    accept: 'application/json',
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
  };
  return new Promise((resolve) => {
    let sent = false;
    const settle = (outcome: PostOutcome): void => {
      clearTimeout(limit);
      forget();
      resolve(outcome);
      request.destroy();
    };
    const fail = (reason: string, cause?: unknown, aborted = false): void => {
      settle({ kind: sent ? 'lost' : 'unsent', reason, cause, aborted });
    };
    const request = (secure ? httpsRequest : httpRequest)(url, {
      method: 'POST',
      // No pool.
      agent: false,
      headers,
      ...(ca === undefined ? {} : { ca }),
    });
    request.on('error', (error) => fail(reasonOf(error), sent ? undefined : error));
    request.once('socket', (socket) => {
      socket.once(secure ? 'secureConnect' : 'connect', () => {
        sent = true;
        request.end(body);
      });
    });
    const closed = (): void => fail('the connection was closed');
    request.on('close', closed);
    request.once('response', (response) => {
      request.off('close', closed);
      receive(response, settle, fail);
    });
    const limit = setTimeout(() => fail(`no answer within ${timeout} ms`), timeout);
    let forget = (): void => {};
    forget = onAbort(signal, () => fail('aborted by the caller', signal?.reason, true));
  });
}

/** An error of Node's parser holds the bytes that it choked on, so its words are all that is taken from it. */
function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  return code === undefined || message.includes(code) ? message : `${message} (${code})`.trim();
}

function receive(
  response: IncomingMessage,
  settle: (outcome: PostOutcome) => void,
  fail: (reason: string) => void,
): void {
  const chunks: Buffer[] = [];
  let length = 0;
  response.on('data', (chunk: Buffer) => {
    length += chunk.length;
    chunks.push(chunk);
    if (length > MAX_ANSWER) fail(`the answer is longer than ${MAX_ANSWER} bytes`);
  });
  response.on('error', () => {});
  response.on('close', () => fail('the answer was cut off'));
  response.on('end', () => {
    const body = Buffer.concat(chunks).toString();
    settle({ kind: 'answered', status: response.statusCode ?? 0, body });
  });
}
