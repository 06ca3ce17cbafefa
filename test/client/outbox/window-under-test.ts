import type { ChangeFile } from '../../../src/client/outbox/file-store.js';
import { outboxSettings } from '../../../src/client/outbox/options.js';
import { Outbox } from '../../../src/client/outbox/outbox.js';
import { PublishWindow } from '../../../src/client/outbox/publish-window.js';
import type { Qos } from '../../../src/dialects/dialect.js';
import { FakeSession } from '../fake-session.js';
import { keptMessage } from './kept-message.js';

const NO_FILE: ChangeFile = { capacity: 1, write: () => {}, close: () => {} };

/** A window, its outbox and a session that is not attached yet; `kept` are the texts of an earlier run. */
export function windowOf(maximum: number, { kept = [] }: { kept?: readonly string[] } = {}) {
  const messages = kept.map((text, index) => keptMessage(index + 1, text));
  const file = kept.length > 0 ? NO_FILE : undefined;
  const outbox = new Outbox(outboxSettings(), file, { messages, lastId: kept.length });
  const window = new PublishWindow(outbox, maximum);
  outbox.listen({
    changed: () => window.pump(),
    delivered: () => {},
    undelivered: () => {},
    trouble: () => {},
  });
  const session = new FakeSession();
  /** How each message ended, by its text. */
  const ended: Record<string, string> = {};
  const aborts = new Map<string, AbortController>();
  const add = (texts: string, qos: Qos = 1): void => {
    for (const text of texts) {
      const abort = new AbortController();
      aborts.set(text, abort);
      const publication = { topic: 't', payload: Buffer.from(text), qos, retain: false };
      outbox.publish(publication, { signal: abort.signal }).then(
        () => {
          ended[text] = 'delivered';
        },
        ({ code, message }) => {
          ended[text] = code ?? message;
        },
      );
    }
  };
  const abort = (text: string) => aborts.get(text)?.abort();
  return { outbox, window, session, ended, add, abort };
}

/** The same with the session attached, and the messages added and accepted one after the other. */
export function inFlight(maximum: number, texts: string, qos: Qos = 1) {
  const under = windowOf(maximum);
  under.add(texts, qos);
  under.window.attach(under.session);
  for (const text of texts) if (under.session.sent.includes(text)) under.session.accept(text);
  under.session.take();
  return under;
}
