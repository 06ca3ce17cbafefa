import { delivery } from '../../src/client/delivery.js';
import { Outbox } from '../../src/client/outbox.js';
import { PublishWindow } from '../../src/client/publish-window.js';
import type { Qos } from '../../src/dialects/dialect.js';
import { FakeSession } from './fake-session.js';

/** A window, its outbox and a session that is not attached yet. */
export function windowOf(maximum: number) {
  const outbox = new Outbox();
  const window = new PublishWindow(outbox, maximum);
  const session = new FakeSession();
  /** How each message ended, by its text. */
  const ended: Record<string, string> = {};
  const aborts = new Map<string, AbortController>();
  const add = (texts: string, qos: Qos = 1): void => {
    for (const text of texts) {
      const abort = new AbortController();
      aborts.set(text, abort);
      const sent = delivery('publish', { signal: abort.signal }, () => outbox.remove(entry));
      const entry = { publication: { topic: 't', payload: Buffer.from(text), qos, retain: false }, ...sent };
      sent.promise.then(
        () => {
          ended[text] = 'delivered';
        },
        ({ code, message }) => {
          ended[text] = code ?? message;
        },
      );
      outbox.add(entry);
      window.pump();
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
