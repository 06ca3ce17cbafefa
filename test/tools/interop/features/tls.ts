import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { inTools } from '../../shared/project.js';
import type { NearOptions } from '../harness/bench.js';
import { bothWays } from './accounts.js';
import type { Feature } from './feature.js';

const SECURE = { broker: 'mqtts://broker.example' } as const;

function file(name: string): Buffer {
  return readFileSync(inTools(`interop/tls/${name}`));
}

/** What a TLS context of the module holds; how it gets there is not public [A]. */
function context(
  door: 'tls' | 'mutual',
  tls: NonNullable<NonNullable<NearOptions['module']>['tls']>,
): NearOptions {
  return { ...SECURE, door, module: { tls }, reconnectPeriod: 0 };
}

const TLS: Feature = {
  name: 'tls',
  title: 'TLS, certificate of our own CA',
  scope: 'broker',
  run: async (bench) => {
    const near = await bench.near(context('tls', { ca: file('ca.pem') }));
    // RFC 8446 5.1: a handshake record.
    assert.equal(near.tap.first?.[0], 0x16, 'the module does not speak TLS');
    await bothWays(bench, near, await bench.witness());
  },
};

const WRONG_CA: Feature = {
  name: 'tls-wrong-ca',
  title: 'TLS, certificate of a CA that the module does not know',
  scope: 'broker',
  run: async (bench) => {
    bench.endpoint('tls');
    await assert.rejects(bench.near(context('tls', { ca: file('other-ca.pem') })), { code: 'OPEN_FAILED' });
  },
};

const CLIENT_CERTIFICATE: Feature = {
  name: 'tls-client-certificate',
  title: 'TLS, with a client certificate, refused without',
  scope: 'broker',
  run: async (bench) => {
    const ca = file('ca.pem');
    const own = { key: file('client.key'), cert: file('client.pem') };
    const near = await bench.near(context('mutual', { ca, ...own }));
    await bothWays(bench, near, await bench.witness());
    // TLS 1.3 tells of the missing certificate behind the handshake, so opening may still work.
    await assert.rejects(bench.near(context('mutual', { ca })), (error: { code?: string }) =>
      ['OPEN_FAILED', 'CONNECT_FAILED'].includes(error.code ?? ''),
    );
  },
};

export const TLS_FEATURES: readonly Feature[] = [TLS, WRONG_CA, CLIENT_CERTIFICATE];
