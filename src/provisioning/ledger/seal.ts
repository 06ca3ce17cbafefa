import { createCipheriv, createDecipheriv, randomBytes, type ScryptOptions, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { ArgumentError } from '../../errors/kinds.js';

/** Whose secret it is: a secret is opened only in the place for which it was sealed. */
export interface SecretPlace {
  readonly table: 'triple' | 'product' | 'meta';
  readonly productKey: string;
  /** Empty for a product. */
  readonly deviceName: string;
}

/** How secrets are kept in a ledger. */
export interface Seal {
  seal(secret: string, place: SecretPlace): string;
  /** Throws a plain `Error` if it was not sealed with this key, for this place. */
  open(sealed: string, place: SecretPlace): string;
}

/** A ledger without a passphrase: the rights of the file alone protect the secrets. */
const OPEN_SEAL: Seal = { seal: (secret) => secret, open: (sealed) => sealed };

/** NIST SP 800-38D: 96 bits of nonce, fresh each time; a tag of 128 bits. */
const NONCE = 12;

const TAG = 16;

/** AES-256-GCM; nonce, ciphertext and tag in base64. */
class KeySeal implements Seal {
  readonly #key: Buffer;

  /** 32 bytes. */
  constructor(key: Buffer) {
    this.#key = key;
  }

  seal(secret: string, place: SecretPlace): string {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce, { authTagLength: TAG }).setAAD(
      placeBytes(place),
    );
    return Buffer.concat([
      nonce,
      cipher.update(secret, 'utf8'),
      cipher.final(),
      cipher.getAuthTag(),
    ]).toString('base64');
  }

  open(sealed: string, place: SecretPlace): string {
    const bytes = Buffer.from(sealed, 'base64');
    if (bytes.length < NONCE + TAG) throw new Error('a secret in it is damaged');
    const nonce = bytes.subarray(0, NONCE);
    const decipher = createDecipheriv('aes-256-gcm', this.#key, nonce, { authTagLength: TAG })
      .setAAD(placeBytes(place))
      .setAuthTag(bytes.subarray(-TAG));
    try {
      return Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]).toString('utf8');
    } catch {
      throw new Error('a secret in it is damaged');
    }
  }
}

/** No part can hold a NUL, so no two places are one. */
function placeBytes({ table, productKey, deviceName }: SecretPlace): Buffer {
  return Buffer.from([table, productKey, deviceName].join('\0'));
}

/** What the ledger keeps of its passphrase, as JSON in `meta`: how to make the key, and a text sealed with it. */
interface Lock {
  readonly kdf: 'scrypt';
  readonly N: number;
  readonly r: number;
  readonly p: number;
  /** base64 */
  readonly salt: string;
  readonly check: string;
}

/** About 0.1 s and 32 MiB a guess; RFC 7914 section 2. */
const COST = { N: 2 ** 15, r: 8, p: 1 } as const;

/** More is not spent on a file that asks for it. */
const MAX_N = 2 ** 20;

const CHECK = 'atmqtt ledger';

const CHECK_PLACE = { table: 'meta', productKey: '', deviceName: '' } as const;

/** The entry of a ledger that keeps its secrets as they are. */
const UNLOCKED = 'none';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** Throws an `ArgumentError`. */
export function checkPassphrase(passphrase: string | undefined): void {
  if (passphrase === '') throw new ArgumentError('passphrase', '***', 'a text that is not empty');
}

/** The entry for a new ledger. */
export async function makeLock(passphrase: string | undefined): Promise<string> {
  if (passphrase === undefined) return UNLOCKED;
  const lock = { kdf: 'scrypt', ...COST, salt: randomBytes(16).toString('base64') } as const;
  const seal = await sealOf(passphrase, lock);
  return JSON.stringify({ ...lock, check: seal.seal(CHECK, CHECK_PLACE) } satisfies Lock);
}

/** Rejects with a plain `Error` when the passphrase is not that of the entry. */
export async function unlock(entry: string, passphrase: string | undefined): Promise<Seal> {
  if (entry === UNLOCKED) {
    if (passphrase === undefined) return OPEN_SEAL;
    throw new Error(
      'it was made without a passphrase and cannot be opened with one; only a new ledger takes one',
    );
  }
  if (passphrase === undefined) throw new Error('its secrets are encrypted: give the passphrase');
  const lock = JSON.parse(entry) as Lock;
  if (lock.kdf !== 'scrypt' || lock.N > MAX_N) throw new Error('its entry about the passphrase is damaged');
  const seal = await sealOf(passphrase, lock);
  try {
    seal.open(lock.check, CHECK_PLACE);
  } catch {
    throw new Error('the passphrase is wrong');
  }
  return seal;
}

async function sealOf(passphrase: string, { N, r, p, salt }: Omit<Lock, 'check'>): Promise<Seal> {
  // The same text can be typed in several ways: one form of each character.
  const text = passphrase.normalize('NFC');
  return new KeySeal(await derive(text, Buffer.from(salt, 'base64'), 32, { N, r, p, maxmem: 256 * N * r }));
}
