/** Between quotes, or at a prompt. */
export type Form = 'inline' | 'data';

/** A TE at one end of the line, connected to the broker. */
export interface Te {
  /** QoS 1, one after the other as fast as the module takes them; resolves when all have been accepted. */
  publish(form: Form, bytes: number, count: number): Promise<void>;
  close(): Promise<void>;
}

/** A byte that no quoted text can carry makes it data mode. */
export function payloadOf(form: Form, bytes: number): Buffer {
  return Buffer.alloc(bytes, form === 'inline' ? 'x' : 0x80);
}
