import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayBeKept } from '../../src/cli/console/kept.js';
import { maskTyped } from '../../src/cli/console/typed-line.js';
import { itemRecord } from '../../src/cli/console/view.js';
import { ModemError } from '../../src/errors/modem-error.js';
import { maskSecrets } from '../../src/errors/secrets.js';
import { DirectionRecorder } from '../../src/transport/trace-recorder.js';
import { escapeBytes } from '../../src/util/escape.js';

/** Longer than this a part of a secret is one that helps to find the rest. */
const HARMLESS = 3;

/** No other part of a line has such characters. */
const word = fc.stringMatching(/^[JKWXYZ5-9]{6,24}$/);
const digits = fc.stringMatching(/^[5-9]{4,8}$/);

interface Secretive {
  readonly line: string;
  readonly secrets: readonly string[];
}

const LINES: readonly ((secret: string, pin: string) => Secretive)[] = [
  (secret) => ({ line: `AT+LMQTTCONN=0,"meter-1","user","${secret}"`, secrets: [secret] }),
  (secret) => ({ line: `AT+QMTCONN=0,"meter-1","user","${secret}"`, secrets: [secret] }),
  (secret) => ({
    line: `AT+LMQTTCONN=0,"a1.b|securemode=2,signmethod=hmacsha256|","d&p","${secret}"`,
    secrets: [secret],
  }),
  (secret) => ({ line: `AT+LMQTTCFG="aliauth",0,"a1b2c3d4","dev-1","${secret}"`, secrets: [secret] }),
  (secret) => ({ line: `+LMQTTCFG: "aliauth","a1b2c3d4","dev-1","${secret}"`, secrets: [secret] }),
  (_secret, pin) => ({ line: `AT+CPIN="${pin}"`, secrets: [pin] }),
  (_secret, pin) => ({ line: `AT+CPIN="${pin}","${pin.slice(0, 4)}"`, secrets: [pin] }),
  (_secret, pin) => ({ line: `AT+CLCK="SC",1,"${pin}"`, secrets: [pin] }),
  (secret, pin) => ({ line: `AT+CPWD="SC","${pin}","${secret}"`, secrets: [pin, secret] }),
  (secret) => ({ line: `AT+CGAUTH=1,1,"user","${secret}"`, secrets: [secret] }),
  (secret) => ({ line: `+CGAUTH: 1,1,"user","${secret}"`, secrets: [secret] }),
];

const secretive = fc
  .record({ make: fc.constantFrom(...LINES), secret: word, pin: digits })
  .map(({ make, secret, pin }) => make(secret, pin));

type Edit = (line: string) => string;

const OTHER_QUOTES = ["'", '“', '”', '„', '‘', '’', '＂', '＇', '«', '»', '「', '」', '′', '´', '`'];
const BLANKS = [' ', '  ', '\t', '\u00a0', '\u3000'];

const place = fc.nat({ max: 99 });

function at(line: string, index: number): number {
  return index % (line.length + 1);
}

/** All of them, or those whose turn it is. */
function replaceSome(line: string, found: RegExp, turns: readonly boolean[], by: string): string {
  let turn = -1;
  return line.replace(found, (char) => {
    turn += 1;
    return (turns[turn % turns.length] ?? true) ? by : char;
  });
}

const turns = fc.oneof(fc.constant([true]), fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }));

function toFullWidth(char: string): string {
  return String.fromCharCode(char.charCodeAt(0) + 0xfee0);
}

/** What people, their keyboards and their text programs do to a command. */
const typingEdit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ turns, by: fc.constantFrom(...OTHER_QUOTES) }).map(
    ({ turns: which, by }): Edit =>
      (line) =>
        replaceSome(line, /"/g, which, by),
  ),
  // Quotes are forgotten.
  turns.map(
    (which): Edit =>
      (line) =>
        replaceSome(line, /"/g, which, ''),
  ),
  fc.record({ index: place, blank: fc.constantFrom(...BLANKS) }).map(
    ({ index, blank }): Edit =>
      (line) =>
        line.slice(0, at(line, index)) + blank + line.slice(at(line, index)),
  ),
  // An input method for Chinese has its own punctuation, and its own letters.
  fc.constantFrom(/[,]/g, /[=]/g, /[:;]/g, /[+]/g, /[A-Za-z]/g, /[!-~]/g).map(
    (found): Edit =>
      (line) =>
        line.replace(found, toFullWidth),
  ),
  fc.constantFrom<Edit>(
    (line) => line.toLowerCase().replace(/[jkwxyz]/g, (char) => char.toUpperCase()),
    (line) => `AT+CSQ;${line.replace(/^AT/, '')}`,
    (line) => `AT+CPIN?;${line.replace(/^AT/, '')}`,
    (line) => `${line};+CSQ`,
    (line) => `${line}: no final result code within 5000 ms`,
  ),
);

/** What the wire does to it. */
const wireEdit: fc.Arbitrary<Edit> = fc.oneof(
  place.map(
    (length): Edit =>
      (line) =>
        line.slice(0, at(line, length)),
  ),
  fc.constantFrom<Edit>(
    (line) => `${line}\r\r\nOK\r\n`,
    (line) => `${line}\r\r\n${line}\r\r\nERROR\r\n`,
    (line) => `${line}${line}`,
    (line) => `+++${line}`,
    (line) => `AT+CSQ${line}`,
    (line) => `OK\r\n${line}`,
    (line) => `+CME ERROR: ${line}`,
    (line) => `\x80\xff${line}`,
  ),
);

/** A byte that is lost, changed, or one too many; the secret is left as it is. */
const noise = fc.record({
  index: place,
  kind: fc.constantFrom('lost', 'changed', 'added'),
  char: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
});

const nearly = fc
  .record({
    from: secretive,
    noise: fc.option(noise, { freq: 3, nil: undefined }),
    typing: fc.array(typingEdit, { maxLength: 3 }),
    wire: fc.array(wireEdit, { maxLength: 2 }),
    form: fc.constantFrom('text', 'wire', 'escaped'),
  })
  .map(({ from, noise: garbled, typing, wire, form }) => {
    let { line } = from;
    if (garbled !== undefined) {
      const { kind, char } = garbled;
      const index = Math.min(
        ...from.secrets.map((secret) => line.indexOf(secret)).filter((found) => found >= 0),
      );
      // Without its comma and its quotes a password cannot be told from the user in front of it.
      const places = [...line.slice(0, index)].flatMap((found, at) => (found === ',' ? [] : [at]));
      const where = places[garbled.index % places.length] ?? 0;
      line =
        line.slice(0, where) +
        (kind === 'lost' ? '' : char) +
        line.slice(kind === 'added' ? where : where + 1);
    }
    for (const edit of [...typing, ...wire]) line = edit(line);
    const bytes = Buffer.from(line);
    const text = form === 'text' ? line : form === 'wire' ? bytes.toString('latin1') : escapeBytes(bytes);
    return { text, wire: bytes.toString('latin1'), secrets: from.secrets };
  });

/** Whatever of the secrets can be read in the text, full-width or not. */
function leaked(text: string, secrets: readonly string[]): string | undefined {
  const seen = [
    text,
    Buffer.from(text, 'latin1').toString(),
    Buffer.from(
      text.replace(/\\x(..)/g, (_all, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
      'latin1',
    ).toString(),
  ].map((form) => form.normalize('NFKC'));
  for (const secret of secrets) {
    for (let start = 0; start + HARMLESS < secret.length; start += 1) {
      const part = secret.slice(start, start + HARMLESS + 1);
      if (seen.some((form) => form.includes(part))) return part;
    }
  }
  return undefined;
}

function recorded(parts: readonly string[]): string {
  let shown = '';
  const recorder = new DirectionRecorder(({ bytes }) => {
    shown += bytes.toString('latin1');
  }, false);
  for (const part of parts) {
    recorder.add(Buffer.from(part, 'latin1'));
    recorder.flush();
  }
  return shown;
}

const RUNS = { numRuns: Number(process.env.NEARLY_RUNS ?? 1000) };

describe('a line that is nearly a command with a secret', () => {
  it('shows no more than three characters of it in texts and errors', () => {
    fc.assert(
      fc.property(nearly, ({ text, secrets }) => {
        const masked = maskSecrets(text);
        expect(leaked(masked, secrets), masked).toBeUndefined();
        const error = new ModemError('BAD_RESPONSE', `not understood: ${text}`, {
          command: text,
          lines: [text],
        });
        const all = `${error.message}\n${error.command}\n${error.lines.join('\n')}\n${error.stack}`;
        expect(leaked(all, secrets), all).toBeUndefined();
      }),
      RUNS,
    );
  });

  it('shows no more than that in a trace, in one part or two', () => {
    fc.assert(
      fc.property(nearly, place, ({ wire, secrets }, index) => {
        const shown = recorded([wire]);
        expect(leaked(shown, secrets), shown).toBeUndefined();
        const cut = recorded([wire.slice(0, at(wire, index)), wire.slice(at(wire, index))]);
        expect(leaked(cut, secrets), cut).toBeUndefined();
      }),
      RUNS,
    );
  });

  it('is shown by the console, and kept in its history, without it', () => {
    fc.assert(
      fc.property(nearly, ({ text, wire, secrets }) => {
        expect(leaked(maskTyped(text), secrets), text).toBeUndefined();
        if (leaked(text, secrets) !== undefined) expect(mayBeKept(text), text).toBe(false);
        const item = { role: 'noise', text: wire, words: undefined, bytes: undefined } as const;
        const record = JSON.stringify(itemRecord(item, new Date(0)));
        expect(leaked(record, secrets), record).toBeUndefined();
      }),
      RUNS,
    );
  });
});
