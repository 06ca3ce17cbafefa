import { type Answer, judgeAnswer } from './judge.js';
import type { LineProbe } from './line-probe.js';

/** As the driver writes it: V.250 5.2.1 wants CR, the traces of these modules show CR LF [T]. */
export const ATTENTION_LINE = 'AT\r\n';

/** ms from one `AT` to the next: the answer takes about 500 on hardware (lmqtt.md 1 [T]). */
const INTERVAL = 1_000;

/** What `AT` has brought. */
export interface Hearing {
  readonly answer: Answer;
  /** Latin1, of all tries. */
  readonly received: string;
}

/** Answers that more tries do not change. */
const FINAL: readonly Answer[] = ['answered', 'loopback', 'prompt', 'numeric'];

/** Writes `AT` until there is an answer, for `limit` ms; `before` has come already. */
export async function callModule(probe: LineProbe, limit: number, before = ''): Promise<Hearing> {
  const end = performance.now() + limit;
  let received = before;
  for (;;) {
    const left = Math.max(1, end - performance.now());
    const earlier = received;
    received += await probe.ask(ATTENTION_LINE, Math.min(INTERVAL, left), (text) =>
      ['answered', 'numeric'].includes(judgeAnswer(ATTENTION_LINE, earlier + text)),
    );
    const answer = judgeAnswer(ATTENTION_LINE, received);
    if (FINAL.includes(answer) || performance.now() >= end) return { answer, received };
  }
}
