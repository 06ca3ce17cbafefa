import { describe } from 'vitest';
import { CLOCK } from '../../../src/at/commands/clock.js';
import { expectForeign, expectReading, pinRequest, pinResponse } from './both-directions.js';

describe('+CCLK', () => {
  const noon = { year: 26, month: 11, day: 20, hour: 19, minute: 5, second: 9 };

  pinRequest(CLOCK, null, 'AT+CCLK?');
  pinResponse(CLOCK, { ...noon, zone: 32 }, '+CCLK: "26/11/20,19:05:09+32"');
  pinResponse(CLOCK, { ...noon, zone: -14 }, '+CCLK: "26/11/20,19:05:09-14"');
  pinResponse(CLOCK, { ...noon, zone: 0 }, '+CCLK: "26/11/20,19:05:09+00"');
  pinResponse(CLOCK, noon, '+CCLK: "26/11/20,19:05:09"');
  expectReading(CLOCK, { ...noon, zone: 4 }, '+CCLK:"26/11/20,19:05:09+4"');
  expectForeign(
    CLOCK,
    '+CCLK: 26/11/20,19:05:09+32',
    '+CCLK: "2026/11/20,19:05:09+32"',
    '+CCLK: "26/11/20"',
    '+CCLK: ""',
  );
});
