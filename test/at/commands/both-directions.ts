import { expect, test } from 'vitest';
import type { Nothing, OneStageCommand } from '../../../src/at/command.js';

/** Pins one command line to its arguments, in both directions. */
export function pinRequest<A, V>(command: OneStageCommand<A, V>, args: A, line: string): void {
  test(`${line} is written and read`, () => {
    expect(command.request.format(args)).toBe(line);
    expect(command.request.parse(line)).toEqual(args);
    expect(command.request.parse(line.toLowerCase())).toEqual(args);
    expect(command.request.parse(`${line}x`)).toBeUndefined();
  });
}

/** Pins the lines of one response to its value, in both directions. */
export function pinResponse<A, V>(command: OneStageCommand<A, V>, value: V, ...lines: string[]): void {
  test(`${lines.join(' | ') || 'no line'} is written and read`, () => {
    expect(command.response.format(value).map(({ text }) => text)).toEqual(lines);
    expect(command.response.parse(lines.map((text) => ({ text })))).toEqual(value);
    for (const line of lines) {
      expect(command.response.owns(line) || command.response.bare === true, `owns ${line}`).toBe(true);
    }
  });
}

/** What is read from other spellings of the same answer. */
export function expectReading<A, V>(command: OneStageCommand<A, V>, value: V, ...lines: string[]): void {
  test(`${lines.join(' | ')} is read`, () => {
    expect(command.response.parse(lines.map((text) => ({ text })))).toEqual(value);
  });
}

/** Lines that are not this response: neither owned nor understood. */
export function expectForeign<A, V>(command: OneStageCommand<A, V>, ...lines: string[]): void {
  test.each(lines)('%j is not taken', (line) => {
    expect(command.response.owns(line)).toBe(false);
    expect(command.response.parse([{ text: line }])).toBeUndefined();
  });
}

/** Pins a command without arguments that answers with its final result code alone. */
export function pinBareCommand(command: OneStageCommand<Nothing, Nothing>, line: string): void {
  pinRequest(command, null, line);
  pinResponse(command, null);
}
