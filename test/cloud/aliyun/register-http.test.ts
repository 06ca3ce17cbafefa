import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { registerOverHttp } from '../../../src/cloud/aliyun/register-http.js';
import {
  closeServers,
  listening,
  rawServer,
  response,
  SECRET,
  SUCCESS,
  TARGET,
  TRIPLE,
  tcpServer,
} from './http-fixture.js';

const TLS = {
  key: readFileSync(new URL('../../simulator/tls/key.pem', import.meta.url)),
  cert: readFileSync(new URL('../../simulator/tls/cert.pem', import.meta.url)),
};

/** The failure of a registration; nothing in it may tell a secret. */
async function failure(url: string, options: Partial<Parameters<typeof registerOverHttp>[1]> = {}) {
  const error = await registerOverHttp(TARGET, { url, random: () => '8Ygb7ULYh53B6OA', ...options }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  const shown = inspect(error, { depth: null, showHidden: true });
  expect(shown).not.toContain(TARGET.productSecret);
  expect(shown).not.toContain(SECRET);
  expect(shown).not.toContain('37c9d9c4');
  return error as Error & { code: string };
}

describe('what is sent', () => {
  it('is one signed form, as in the vector', async () => {
    const { url, requests } = await rawServer(response('200 OK', SUCCESS));
    const triple = await registerOverHttp(TARGET, { url: `${url}/`, random: () => '8Ygb7ULYh53B6OA' });
    expect(triple).toEqual(TRIPLE);
    expect(requests).toHaveLength(1);
    const [request = ''] = requests;
    expect(request).toMatch(/^POST \/auth\/register\/device HTTP\/1\.1\r\n/);
    expect(request).toMatch(/\r\ncontent-type: application\/x-www-form-urlencoded\r\n/i);
    expect(
      request.endsWith(
        'productKey=a1X2bEnP82z&deviceName=example1&random=8Ygb7ULYh53B6OA' +
          '&sign=37c9d9c4dcab7fc75d65d25547a4e11080e59dd82f3255aafc90d83498480e88&signMethod=hmacsha256',
      ),
    ).toBe(true);
  });

  it('never goes out on a connection that was there before', async () => {
    // Answers, and leaves the connection open until it is used again: a pooled POST would die on it.
    const { url, requests, connections } = await rawServer((socket) => {
      socket.write(response('200 OK', SUCCESS, 'connection: keep-alive'));
      socket.once('data', () => socket.destroy());
    });
    for (let index = 0; index < 3; index += 1) await registerOverHttp(TARGET, { url });
    expect({ requests: requests.length, connections: connections() }).toEqual({
      requests: 3,
      connections: 3,
    });
  });

  it('has another random text each time', async () => {
    const { url, requests } = await rawServer(response('200 OK', SUCCESS));
    await registerOverHttp(TARGET, { url });
    await registerOverHttp(TARGET, { url });
    const texts = requests.map((request) => /random=([0-9a-f]{16})&/.exec(request)?.[1]);
    expect(new Set(texts).size).toBe(2);
    expect(texts).not.toContain(undefined);
  });

  it('takes the path below the base', async () => {
    const { url, requests } = await rawServer(response('200 OK', SUCCESS));
    await registerOverHttp(TARGET, { url: `${url}/proxy` });
    expect(requests[0]).toMatch(/^POST \/proxy\/auth\/register\/device /);
  });
});

describe('not asked: REGISTRATION_FAILED', () => {
  it('the name does not resolve', async () => {
    const error = await failure('http://registration.invalid');
    expect(error).toMatchObject({
      code: 'REGISTRATION_FAILED',
      message: expect.stringContaining('example1'),
    });
    expect(error.message).toContain('http://registration.invalid/auth/register/device');
  });

  it('the connection is refused', async () => {
    const url = await tcpServer((socket) => void socket.destroy());
    await closeServers();
    expect(await failure(`http${url}`)).toMatchObject({
      code: 'REGISTRATION_FAILED',
      cause: { code: 'ECONNREFUSED' },
    });
  });

  it('the certificate is not to be trusted', async () => {
    let requests = 0;
    const server = createServer(TLS, (_request, answer) => {
      requests += 1;
      answer.end(SUCCESS);
    });
    const url = `https${await listening(server)}`;
    expect(await failure(url)).toMatchObject({ code: 'REGISTRATION_FAILED' });
    expect(requests).toBe(0);
    expect(await registerOverHttp(TARGET, { url, ca: TLS.cert })).toEqual(TRIPLE);
    expect(requests).toBe(1);
  });

  it('the other side does not speak TLS', async () => {
    const url = await tcpServer((socket) => void socket.end('SSH-2.0-x\r\n'));
    expect(await failure(`https${url}`)).toMatchObject({ code: 'REGISTRATION_FAILED' });
  });

  it('the time is over before TLS stands', async () => {
    const url = await tcpServer(() => {});
    const error = await failure(`https${url}`, { timeout: 50 });
    expect(error).toMatchObject({ code: 'REGISTRATION_FAILED' });
    expect(error.message).toContain('no answer within 50 ms');
  });

  it('aborted before: ABORTED', async () => {
    const { url, requests } = await rawServer(response('200 OK', SUCCESS));
    expect(await failure(url, { signal: AbortSignal.abort() })).toMatchObject({ code: 'ABORTED' });
    const abort = new AbortController();
    const failing = failure(url, { signal: abort.signal });
    abort.abort();
    expect(await failing).toMatchObject({ code: 'ABORTED' });
    expect(requests).toEqual([]);
  });
});

describe('asked, and the answer not known: REGISTRATION_UNANSWERED', () => {
  it.each([
    ['cut before the answer', '', /hang up/],
    ['cut in the head', 'HTTP/1.1 200 OK\r\ncontent-le', /hang up/],
    ['cut in the body', response('200 OK', SUCCESS).slice(0, -20), /cut off/],
    [
      'cut in a chunk',
      `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n80\r\n${SUCCESS.slice(0, 50)}`,
      /cut off/,
    ],
    ['no HTTP', `${SUCCESS}\r\n\r\n`, /Parse Error/],
    ['an upgrade', 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n', /./],
    ['5xx', response('503 Service Unavailable', 'busy'), /answered 503/],
    ['a redirect', response('307 Temporary Redirect', '', 'location: /elsewhere'), /307, a redirect/],
    ['too long', response('200 OK', 'x'.repeat(70_000)), /longer than 65536 bytes/],
    ['compressed', response('200 OK', 'x', 'content-encoding: gzip'), /no answer of the service/],
  ])('%s', async (_name, answer, words) => {
    const { url, requests } = await rawServer(answer);
    const error = await failure(url);
    expect(error).toMatchObject({ code: 'REGISTRATION_UNANSWERED' });
    expect(error.message).toMatch(words);
    expect(error.message).toContain(`registration of example1 unanswered: `);
    expect(error.message).toContain(`(${url}/auth/register/device)`);
    expect(requests).toHaveLength(1);
  });

  it('the connection is reset', async () => {
    const { url, requests } = await rawServer((socket) => socket.resetAndDestroy());
    expect(await failure(url)).toMatchObject({ code: 'REGISTRATION_UNANSWERED' });
    expect(requests).toHaveLength(1);
  });

  it('the time is over', async () => {
    const { url } = await rawServer(() => {});
    const error = await failure(url, { timeout: 100 });
    expect(error).toMatchObject({ code: 'REGISTRATION_UNANSWERED' });
    expect(error.message).toContain('no answer within 100 ms');
  });

  it('aborted once it was sent', async () => {
    const abort = new AbortController();
    const { url } = await rawServer(() => abort.abort());
    expect(await failure(url, { signal: abort.signal })).toMatchObject({ code: 'REGISTRATION_UNANSWERED' });
  });
});

describe('refused before anything is sent', () => {
  it.each([
    [{ productKey: 'a b' }, {}, 'productKey'],
    [{ deviceName: 'abc' }, {}, 'deviceName'],
    [{ productSecret: '' }, {}, 'productSecret'],
    [{}, { url: 'ftp://x' }, 'url'],
    [{}, { url: 'http://user:hunter2-hunter2@x' }, 'url'],
    [{}, { url: 'http://x/?a=b' }, 'url'],
    [{}, { url: 'nonsense' }, 'url'],
    [{}, { timeout: 0 }, 'timeout'],
    [{}, { timeout: Number.NaN }, 'timeout'],
    [{}, { signMethod: 'sha1' as 'hmacsha1' }, 'signMethod'],
    [{}, { random: () => '' }, 'random'],
  ])('%j %j', async (target, options, field) => {
    const error = await registerOverHttp({ ...TARGET, ...target }, { url: 'http://x', ...options }).catch(
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field });
    expect(inspect(error)).not.toContain(SECRET);
  });
});
