import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  decodeText,
  encodeText,
  informationText,
  integerOf,
  integersOf,
  splitParameters,
} from '../../../../src/at/parameters.js';
import { parseFinalResult } from '../../../../src/at/result-codes.js';
import { escapeBytes, unescapeBytes } from '../../../../src/util/escape.js';
import type { Target } from '../campaign.js';
import { hostileLine, wireText } from '../wire.js';

/** The list again, without the white space around parameters that are not quoted. */
function joined(parameters: NonNullable<ReturnType<typeof splitParameters>>): string {
  return parameters
    .map((parameter) =>
      parameter === undefined ? '' : parameter.quoted ? `"${parameter.text}"` : parameter.text,
    )
    .join(',');
}

export const PARAMETERS: Target = {
  name: 'parameters',
  weight: 10,
  property: fc.property(hostileLine, (line) => {
    const parameters = splitParameters(line);
    if (parameters === undefined) return;
    assert.deepEqual(splitParameters(joined(parameters)), parameters);
    assert.equal(joined(parameters).replace(/\s/g, ''), line.replace(/\s/g, ''));
    for (const number of parameters.map(integerOf))
      assert(number === undefined || Number.isSafeInteger(number));
    integersOf(parameters);
    informationText(line, '+LMQTTPUB');
  }),
};

export const RESULT_CODES: Target = {
  name: 'result codes',
  weight: 5,
  property: fc.property(hostileLine, (line) => {
    const final = parseFinalResult(line);
    assert.equal(final?.ok ?? false, line === 'OK');
    if (final !== undefined) assert.equal(final.text, line);
    if (final?.number !== undefined) assert(Number.isFinite(final.number));
  }),
};

export const ESCAPES: Target = {
  name: 'escapes',
  weight: 5,
  property: fc.property(wireText, (text) => {
    const escaped = escapeBytes(text);
    assert.match(escaped, /^[\x20-\x7e]*$/);
    assert.equal(unescapeBytes(escaped).toString('latin1'), text);
    assert.equal(encodeText(decodeText(encodeText(text))), encodeText(text));
  }),
};
