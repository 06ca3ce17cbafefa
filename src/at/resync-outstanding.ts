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

/** A line that was sent and may still be answered; `noise` is no command, which some modules answer all the same. */
interface Sent {
  readonly kind: 'late' | 'attention' | 'proof' | 'noise';
  /** What the answer to a proof starts with. */
  readonly name?: string;
  readonly at: number;
  /** A result code without its line came; a stray one would look the same. */
  refused?: boolean;
}

/** What a final result code answered. */
interface Answered {
  /**
   * `last`: the last proof, so that nothing is outstanding. `older`: what was sent before it. `refusal`: nothing that
   * answers without a line of its own, so a proof was refused.
   */
  readonly what: 'last' | 'older' | 'refusal';
  /** ms that the module took for it at most; undefined if that cannot be told. */
  readonly took?: number;
  /** It can as well be the answer to a later line that looks the same, if the earlier ones got lost. */
  readonly vague?: boolean;
}

/** The lines that a resynchronisation waits for, oldest first: the module answers in order, but may lose any [T]. */
export class ResyncOutstanding {
  #sent: Sent[] = [];
  /** When the last final result code came: the module cannot have begun with the next line before. */
  #lastFinal = Number.NEGATIVE_INFINITY;

  /** Proofs of which nothing was heard. */
  get proofs(): number {
    return this.#sent.filter(isUnheard).length;
  }

  /** The command that ran out of time, before anything else. */
  late(): void {
    this.#sent.push({ kind: 'late', at: Number.NEGATIVE_INFINITY });
  }

  attention(now: number): void {
    this.#sent.push({ kind: 'attention', at: now });
  }

  proof(name: string, now: number): void {
    this.#sent.push({ kind: 'proof', name, at: now });
  }

  /** Only a proof that is sent from now on proves anything. */
  noise(now: number): void {
    this.#sent.push({ kind: 'noise', at: now });
  }

  /** A final result code came; `name` of the proof whose line came before it. */
  answer(name: string | undefined, ok: boolean, now: number): Answered {
    const since = this.#lastFinal;
    this.#lastFinal = now;
    const at = name === undefined ? this.#unnamed(ok) : this.#sent.findIndex((sent) => sent.name === name);
    const sent = this.#sent[at];
    if (sent !== undefined) this.#sent = this.#sent.slice(at + 1);
    const timed = sent ?? this.#sent[0];
    const what = name !== undefined ? this.#proven(at) : sent === undefined ? this.#refuse() : 'older';
    if (timed === undefined || timed.kind === 'late') return { what };
    const vague = since < timed.at && this.#sent.some((later) => isAlike(later, timed));
    return { what, took: now - Math.max(timed.at, since), vague };
  }

  /**
   * Proofs that were not answered in time are lost. `AT` is still counted: its late `OK` must not be taken for a refusal.
   */
  forgetProofs(): void {
    this.#sent = this.#sent.filter(({ kind }) => kind !== 'proof');
  }

  /** Nothing is outstanding any more. */
  clear(): void {
    this.#sent = [];
  }

  #proven(at: number): 'last' | 'older' {
    return at >= 0 && this.#sent.length === 0 ? 'last' : 'older';
  }

  #refuse(): 'refusal' {
    const proof = this.#sent.find(isUnheard);
    if (proof !== undefined) proof.refused = true;
    return 'refusal';
  }

  /** The line that is answered without a line of its own: `AT` never fails, a late command may. */
  #unnamed(ok: boolean): number {
    const first = this.#sent[0]?.kind;
    return first === 'late' || (first === 'attention' && ok) ? 0 : -1;
  }
}

function isUnheard({ kind, refused = false }: Sent): boolean {
  return kind === 'proof' && !refused;
}

function isAlike(one: Sent, other: Sent): boolean {
  return one !== other && one.kind === other.kind && one.name === other.name;
}
