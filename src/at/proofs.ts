/**
 * Commands that answer with a line of their own on every module of the family (lmqtt.md 7: [M], the last one
 * [C]), and whose name no URC bears. Each is `AT` + proof. As many as may be sent in silence before a name comes
 * again, so that an answer tells which of them it belongs to.
 */
export const PROOFS = ['+CSQ', '+CESQ', '+CGATT?', '+CCLK?', '+CGSN=1'] as const;

/** What the answer to the proof starts with, before the colon. */
export function proofName(proof: string): string {
  return proof.replace(/[?=].*/, '');
}

/** The name of the proof whose answer the line is, or undefined. */
export function answeredProof(text: string): string | undefined {
  return PROOFS.map(proofName).find((name) => text.startsWith(`${name}:`));
}

/** Whether the line is the echo of a proof or of `AT`. */
export function isProofEcho(text: string): boolean {
  return text === 'AT' || PROOFS.some((proof) => text === `AT${proof}`);
}
