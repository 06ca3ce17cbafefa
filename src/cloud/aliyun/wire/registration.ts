import type { DeviceTriple } from '../../../dialects/dialect.js';
import { formatClientId } from './client-id.js';
import { type SignMethod, signedContent } from './signature.js';

/** Who asks: one product, one secret; aliyun.md 2. */
export interface RegistrationRequest {
  readonly productKey: string;
  readonly deviceName: string;
  readonly random: string;
  /** Hex. */
  readonly sign: string;
  readonly signMethod: SignMethod;
}

/** What the signature covers in both ways, with the ProductSecret as its key: aliyun.md 2 [D]. */
export function registrationContent(
  request: Pick<RegistrationRequest, 'productKey' | 'deviceName' | 'random'>,
): string {
  const { deviceName, productKey, random } = request;
  return signedContent({ deviceName, productKey, random });
}

/** The body of `POST /auth/register/device`, form-urlencoded: aliyun.md 2a [D]. */
export function formatRegistrationForm(request: RegistrationRequest): string {
  return new URLSearchParams({ ...request }).toString();
}

export function parseRegistrationForm(body: string): Partial<Record<keyof RegistrationRequest, string>> {
  return Object.fromEntries(new URLSearchParams(body));
}

/** What HTTP answers: aliyun.md 2a [D]. */
export type RegistrationAnswer =
  | { readonly code: 200; readonly data: DeviceTriple; readonly message: string }
  | { readonly code: number; readonly message: string };

/** `code` of a success [D]; any other is a refusal. */
export const REGISTERED = 200;

/** Undefined for what is no answer of the service. */
export function parseRegistrationAnswer(body: string): RegistrationAnswer | undefined {
  const { code, message = '', data } = (jsonObject(body) ?? {}) as Partial<Record<string, unknown>>;
  if (typeof code !== 'number') return undefined;
  const text = typeof message === 'string' ? message : JSON.stringify(message);
  if (code !== REGISTERED) return { code, message: text };
  const triple = tripleOf(data);
  return triple === undefined ? undefined : { code, data: triple, message: text };
}

/** Where the cloud pushes the secret to, without a SUBSCRIBE: aliyun.md 2b [D]. */
export const REGISTRATION_TOPIC = '/ext/register';

/** `authType` of a registration over MQTT: aliyun.md 2b [D]. */
export const REGISTER = 'register';

/** The client id of a registration over MQTT; the password is the signature: aliyun.md 2b [D]. */
export function registrationClientId(cid: string, random: string, signmethod: SignMethod): string {
  return formatClientId(cid, { securemode: 2, authType: REGISTER, random, signmethod });
}

/** The payload of the push, or undefined if it is none. */
export function parseRegistrationPush(payload: Uint8Array): DeviceTriple | undefined {
  return tripleOf(jsonObject(Buffer.from(payload).toString()));
}

function tripleOf(value: unknown): DeviceTriple | undefined {
  const { productKey, deviceName, deviceSecret } = (value ?? {}) as Partial<Record<string, unknown>>;
  const fields = [productKey, deviceName, deviceSecret];
  if (!fields.every((field) => typeof field === 'string' && field !== '')) return undefined;
  return { productKey, deviceName, deviceSecret } as DeviceTriple;
}

function jsonObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
