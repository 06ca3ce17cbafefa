import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { publishing, refused } from '../../../src/client/outbox/publishing.js';
import { ModemError } from '../../../src/errors/modem-error.js';

const FAILURE = new ModemError('PUBLISH_FAILED', 'publish failed');

/** Rejections that nobody has heard of, as the process counts them. */
let unheard: unknown[];
let others: NodeJS.UnhandledRejectionListener[];
const note = (reason: unknown) => void unheard.push(reason);

beforeEach(() => {
  unheard = [];
  others = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', note);
});

afterEach(() => {
  process.off('unhandledRejection', note);
  for (const other of others) process.on('unhandledRejection', other);
});

/** Node tells of unhandled rejections behind the microtasks of a turn. */
const turn = () => new Promise(setImmediate);

describe('a publish', () => {
  it('that fails is told by both promises', async () => {
    const { promise, reject } = publishing('publish', {}, () => {});
    reject(FAILURE);
    await expect(promise).rejects.toBe(FAILURE);
    await expect(promise.accepted).rejects.toBe(FAILURE);
  });

  it('that fails later was accepted all the same', async () => {
    const { promise, accept, reject } = publishing('publish', {}, () => {});
    accept();
    reject(FAILURE);
    await promise.accepted;
    await expect(promise).rejects.toBe(FAILURE);
  });

  it('that nobody looks at is an unhandled rejection once', async () => {
    publishing('publish', {}, () => {}).reject(FAILURE);
    await turn();
    expect(unheard).toEqual([FAILURE]);
  });

  it('whose delivery alone is awaited leaves none', async () => {
    const { promise, reject } = publishing('publish', {}, () => {});
    reject(FAILURE);
    await promise.catch(() => {});
    await turn();
    expect(unheard).toEqual([]);
  });

  it('whose acceptance alone is awaited leaves none', async () => {
    const { promise, accept, reject } = publishing('publish', {}, () => {});
    const { accepted } = promise;
    accept();
    await accepted;
    reject(FAILURE);
    await turn();
    expect(unheard).toEqual([]);
  });

  it('that is refused at once does the same', async () => {
    const promise = refused(FAILURE);
    await expect(promise.accepted).rejects.toBe(FAILURE);
    await turn();
    expect(unheard).toEqual([]);
    await expect(promise).rejects.toBe(FAILURE);
  });
});
