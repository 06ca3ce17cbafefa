import { InvalidArgumentError } from 'commander';
import type { Qos } from '../dialects/dialect.js';

/** A parser for a whole number from `min` to `max`. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
  };
}

/** The longest time that a timer of Node can run, in s. */
const MAX_SECONDS = Math.floor((2 ** 31 - 1) / 1000);

/** Bit/s of a serial port. */
export const baudRate = wholeNumber(1, 4_000_000);

/** Seconds, fractions too, as ms. */
export function seconds(text: string): number {
  const value = /^\d+(\.\d+)?$/.test(text) ? Math.round(Number(text) * 1000) : Number.NaN;
  if (value >= 1 && value <= MAX_SECONDS * 1000) return value;
  throw new InvalidArgumentError(`It must be a number of seconds above 0, at most ${MAX_SECONDS}.`);
}

const MAX_SPEED = 1_000_000;

/** How many times faster than it was, above 0; `max` is infinity. */
export function speed(text: string): number {
  if (text === 'max') return Number.POSITIVE_INFINITY;
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (value > 0 && value <= MAX_SPEED) return value;
  throw new InvalidArgumentError(`It must be a number above 0, at most ${MAX_SPEED}, or max.`);
}

/** 15 digits. */
export function imei(text: string): string {
  if (/^\d{15}$/.test(text)) return text;
  throw new InvalidArgumentError('It must be 15 digits.');
}

export function qos(text: string): Qos {
  if (text === '0' || text === '1' || text === '2') return Number(text) as Qos;
  throw new InvalidArgumentError('It must be 0, 1 or 2.');
}

/** Gathers the values of an option that may be given several times. */
export function collect(text: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, text];
}
