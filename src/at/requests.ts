import { ArgumentError } from '../errors/kinds.js';
import { escapeBytes } from '../util/escape.js';
import type { Command } from './command.js';
import { LARGEST_PAYLOAD } from './filler.js';
import type { JobRequest } from './job.js';
import type { Line } from './line.js';
import { encodeText, informationText } from './parameters.js';

/** Whether somebody else than the running command wants a line. */
export interface Claims {
  /** A request waits for it as its result URC. */
  awaited(line: Line): boolean;
  /** A declared URC has its shape. */
  unsolicited(line: Line): boolean;
}

/** lmqtt.md 1 [T]: `OK` comes after about 0.5 s; allow 5 s. */
const DEFAULT_RESPONSE_LIMIT = 5000;

/** Longest raw command line in bytes; the longest of the dialect, an inline publish, is below 2000. */
const MAX_COMMAND_LINE = 4096;

/** What the channel runs for a declared command; throws an `ArgumentError` for arguments the wire cannot carry. */
export function commandRequest<A, V>(command: Command<A, V>, args: A, claims: Claims): JobRequest {
  const { response, result, data } = command;
  return {
    line: command.request.format(args),
    payload: data?.payload(args),
    data: data && { missing: data.length(args) ?? data.largest, escape: data.escape },
    limits: command.limits,
    owns: (line) => {
      if (response === undefined) return false;
      if (response.owns(line.text)) return true;
      return response.bare === true && !claims.awaited(line) && !claims.unsolicited(line);
    },
    parse: (lines) => (response === undefined ? null : response.parse(lines)),
    counted: response?.counted,
    result: result && {
      urc: result.urc,
      matches: (value) => result.matches(args, value as V),
    },
  };
}

/**
 * What the channel runs for a raw command line. Lines with the prefix of the command are its response; so is every
 * line that nobody else wants, as the response of an unknown command can have any shape.
 */
export function rawRequest(line: string, payload: Buffer | undefined, claims: Claims): JobRequest {
  if (typeof line !== 'string' || !/^AT[\x20-\x7e\u0080-\uffff]*$/i.test(line)) {
    const shown = typeof line === 'string' ? `"${escapeBytes(Buffer.from(line))}"` : String(line);
    throw new ArgumentError(
      'line',
      shown,
      'a command line that starts with AT, without line end and control characters',
    );
  }
  if (payload !== undefined && !Buffer.isBuffer(payload)) {
    throw new ArgumentError('payload', typeof payload, 'a Buffer');
  }
  const wire = encodeText(line);
  if (wire.length > MAX_COMMAND_LINE) {
    throw new ArgumentError('line', `a line of ${wire.length} bytes`, `at most ${MAX_COMMAND_LINE} bytes`);
  }
  const name = /^AT([+^#$%&*][A-Z0-9]+)/i.exec(line)?.[1]?.toUpperCase();
  return {
    line: wire,
    payload,
    // Nobody knows what it asks for: a module can prompt for more than the payload, or without one.
    data: { missing: LARGEST_PAYLOAD, escape: true },
    limits: { response: DEFAULT_RESPONSE_LIMIT },
    owns: (received) => {
      if (claims.awaited(received)) return false;
      const prefixed = name !== undefined && informationText(received.text, name) !== undefined;
      return prefixed || !claims.unsolicited(received);
    },
    parse: (lines) => lines.map(({ text, payload }) => text + (payload?.toString('latin1') ?? '')),
  };
}
