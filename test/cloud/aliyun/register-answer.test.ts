import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeAnswer } from '../../../src/cloud/aliyun/register-answer.js';

const TARGET = { productKey: 'a1X2bEnP82z', productSecret: '7jluWm1zql7bt8qK', deviceName: 'example1' };
const TRIPLE = { productKey: 'a1X2bEnP82z', deviceName: 'example1', deviceSecret: 'hunter2-hunter2' };

function success(changes: Partial<typeof TRIPLE> = {}): string {
  return JSON.stringify({ code: 200, data: { ...TRIPLE, ...changes }, message: 'success' });
}

/** `kind: reason`, or the secret. */
function verdict(status: number, body: string): string {
  const judged = judgeAnswer(status, body, TARGET);
  return 'triple' in judged ? judged.triple.deviceSecret : `${judged.problem.kind}: ${judged.problem.reason}`;
}

describe('the answer to a registration', () => {
  it('is the secret, whatever status it came with: it does not come again', () => {
    expect(verdict(200, success())).toBe('hunter2-hunter2');
    expect(verdict(201, success())).toBe('hunter2-hunter2');
    expect(verdict(502, success())).toBe('hunter2-hunter2');
  });

  it.each([
    [
      200,
      '{"code":6289,"message":"device is already active"}',
      'refused: device is already active (code 6289)',
    ],
    [403, '{"code":460,"message":"request parameter error"}', 'refused: request parameter error (code 460)'],
    [200, '{"code":460}', 'refused: no reason given (code 460)'],
    [200, '{"code":500,"message":"system error"}', 'unanswered: system error (code 500)'],
    [500, '{"code":460,"message":"x"}', 'unanswered: the server answered 500'],
    [503, '', 'unanswered: the server answered 503'],
    [302, '', 'unanswered: it answered 302, a redirect, which is not followed'],
    [404, '<html>', 'unanswered: it answered 404 with what is no answer of the service'],
    [200, '', 'unanswered: it answered 200 with what is no answer of the service'],
    [200, '{"code":200}', 'unanswered: it answered 200 with what is no answer of the service'],
    [200, success().slice(0, -9), 'unanswered: it answered 200 with what is no answer of the service'],
    [200, success({ deviceName: 'example2' }), 'unanswered: the answer is for another device'],
    [200, success({ productKey: 'a1X2bEnP82y' }), 'unanswered: the answer is for another device'],
    [200, success({ deviceSecret: 'hunter2"' }), 'unanswered: the secret in the answer cannot be one'],
  ])('%i %s', (status, body, expected) => {
    expect(verdict(status, body)).toBe(expected);
  });

  it('is quoted without what the cloud repeats of the request, in one line, and not at length', () => {
    const signature = 'f'.repeat(64);
    const message = `bad sign ${signature} of 7jluWm1zql7bt8qK\r\n\u001b[31m${'x'.repeat(1000)}`;
    const shown = verdict(200, JSON.stringify({ code: 460, message }));
    expect(shown).toMatch(/^refused: bad sign \*\*\* of \*\*\* \[31mx+ \(code 460\)$/);
    expect(shown.length).toBeLessThan(230);
  });

  it('is judged whatever it is, and a secret comes of nothing but an answer for the device', () => {
    const field = fc.oneof(fc.constantFrom(...Object.values(TRIPLE)), fc.jsonValue());
    const data = fc.record(
      { productKey: field, deviceName: field, deviceSecret: field },
      { requiredKeys: [] },
    );
    const code = fc.oneof(fc.constantFrom(200, 460, 500), fc.jsonValue());
    const answer = fc
      .record({ code, data, message: fc.jsonValue() }, { requiredKeys: [] })
      .map((it) => JSON.stringify(it));
    const body = fc.oneof(answer, fc.json(), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 599 }), body, (status, text) => {
        const judged = judgeAnswer(status, text, TARGET);
        if (!('triple' in judged)) {
          expect(['refused', 'unanswered']).toContain(judged.problem.kind);
          return;
        }
        const { deviceSecret } = judged.triple;
        expect(JSON.parse(text)).toMatchObject({ code: 200, data: { ...TRIPLE, deviceSecret } });
        expect(deviceSecret).toMatch(/^[!#-~]{1,64}$/);
      }),
      { examples: [[200, '{"code":1,"message":{"toString":1}}']] },
    );
  });
});
