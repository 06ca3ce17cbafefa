import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

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
export const OPEN_SEAL: Seal = { seal: (secret) => secret, open: (sealed) => sealed };

/** NIST SP 800-38D: 96 bits of nonce, fresh each time; a tag of 128 bits. */
const NONCE = 12;
const TAG = 16;

/** AES-256-GCM; nonce, ciphertext and tag in base64. */
export class KeySeal implements Seal {
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
