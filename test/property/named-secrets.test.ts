import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ModemError } from '../../src/errors/modem-error.js';
import { maskSecrets } from '../../src/errors/secrets.js';

/** Characters that no other part of the text has, and those that quoting changes. */
const SECRET_CHARACTER = fc.constantFrom(...'ΣΩΨΔ', '\\', '"');

/** Begins and ends so that it can be told whether a part of it is shown. */
const secret = fc
  .array(SECRET_CHARACTER, { minLength: 1, maxLength: 12 })
  .map((characters) => `Σ${characters.join('')}Ω`);

const SHOWN = /[ΣΩΨΔ]/;

const name = fc.constantFrom('deviceSecret', 'productSecret', 'deviceToken', 'DeviceSecret');

/** JSON with a secret in the middle, quoted so many times more. */
const json = fc
  .record({ name, secret, levels: fc.nat({ max: 3 }), indent: fc.constantFrom(0, 1) })
  .map(({ name: key, secret: value, levels, indent }) => {
    let text = JSON.stringify({ before: 'x', [key]: value, behind: 'y' }, null, indent).replaceAll('\n', '');
    for (let level = 0; level < levels; level += 1) text = JSON.stringify(text);
    return text;
  });

const RUNS = { numRuns: 500 };

describe('a secret that is named', () => {
  it('is masked in JSON, however often that is quoted, and what is behind it is not', () => {
    fc.assert(
      fc.property(json, (text) => {
        const masked = maskSecrets(text);
        expect(masked).not.toMatch(SHOWN);
        expect(masked).toContain('***');
        expect(masked).toContain('behind');
        expect(maskSecrets(masked)).toBe(masked);
      }),
      RUNS,
    );
  });

  it('leaves JSON that can be parsed', () => {
    fc.assert(
      fc.property(name, secret, (key, value) => {
        const masked = maskSecrets(JSON.stringify({ [key]: value, behind: 'y' }));
        expect(JSON.parse(masked)).toEqual({ [key]: '***', behind: 'y' });
      }),
      RUNS,
    );
  });

  it('is masked in a text that is cut off anywhere, in front and behind as errors quote it', () => {
    fc.assert(
      fc.property(json, fc.nat(), (text, at) => {
        const cut = text.slice(0, at % (text.length + 1));
        expect(maskSecrets(cut)).not.toMatch(SHOWN);
        const line = `+LMQTTURC: RECV,0,1,"/sys/a/b/register",${text.length},${cut}`;
        const error = new ModemError('BAD_RESPONSE', `not understood: ${line}`, {
          lines: [line],
          command: line,
        });
        expect(`${error.message}${error.lines}${error.command}${error.stack}`).not.toMatch(SHOWN);
      }),
      RUNS,
    );
  });

  it('is masked in a form', () => {
    const value = fc.stringMatching(/^[ΣΩΨΔ%+.!]{1,12}$/);
    fc.assert(
      fc.property(name, value, fc.constantFrom('', '&random=1', ' HTTP/1.1', '"'), (key, text, behind) => {
        expect(maskSecrets(`POST /x?productKey=pk&${key}=${text}${behind}`)).toBe(
          `POST /x?productKey=pk&${key}=***${behind}`,
        );
      }),
      RUNS,
    );
  });
});

it('a downlink that brings a secret is shown in none of its forms', () => {
  const forms = (payload: string) => [
    payload,
    `${payload.length},${payload}`,
    `"${payload}"`,
    `${payload.length},${Buffer.from(payload).toString('hex')}`,
    Buffer.from(payload).toString('hex').toUpperCase(),
  ];
  const topics = fc.constantFrom('/ext/register', '/ext/regnwl');
  const starts = fc.constantFrom('+LMQTTURC: RECV,0,1', '+LMQTTREAD: 0,1', 'x+LMQTTURC: RECV,0,1');
  fc.assert(
    fc.property(topics, starts, name, fc.nat({ max: 4 }), (topic, start, key, form) => {
      const payload = JSON.stringify({ productKey: 'pk', [key]: 'hunter2' });
      const masked = maskSecrets(`${start},"${topic}",${forms(payload)[form]}`);
      expect(masked).toBe(`${start},"${topic}",***`);
    }),
  );
});
