import type { CommandPort } from '../../../at/command-port.js';
import { informationParameters, integerOf } from '../../../at/parameters.js';
import { ModemError } from '../../../errors/modem-error.js';

/** A PDP context as the module has it. */
export interface PdpContext {
  readonly cid: number;
  /** Empty: the network chooses one. */
  readonly apn: string;
}

/** What `AT+CGDCONT?` was answered. */
export type ContextAnswer =
  | { readonly contexts: readonly PdpContext[] }
  /** Why it is not known, e.g. `the module answered ERROR`. */
  | { readonly unknown: string };

/** Asks for the PDP contexts: `+CGDCONT: <cid>,"<type>","<apn>",…`, a line each. TS 27.007 10.1.1. */
export async function readContexts(port: CommandPort, signal: AbortSignal): Promise<ContextAnswer> {
  try {
    const { lines } = await port.send('AT+CGDCONT?', { signal });
    return { contexts: lines.flatMap(contextOf) };
  } catch (error) {
    if (!(error instanceof ModemError) || !['COMMAND_FAILED', 'BAD_RESPONSE'].includes(error.code))
      throw error;
    return { unknown: error.message };
  }
}

function contextOf(line: string): PdpContext[] {
  const [id, , apn] = informationParameters(line, '+CGDCONT') ?? [];
  const cid = integerOf(id);
  return cid === undefined ? [] : [{ cid, apn: apn?.text ?? '' }];
}

/** E.g. `APN cmnet`, `APN cmnet (context 1), ims (context 2)`. */
export function apnWords(answer: ContextAnswer): string {
  if ('unknown' in answer) return `APN unknown (${answer.unknown})`;
  const { contexts } = answer;
  if (contexts.length === 0) return 'no APN is set (AT+CGDCONT? lists no context)';
  const names = contexts.map(({ cid, apn }) => {
    const name = apn === '' ? 'left to the network' : apn;
    return contexts.length === 1 ? name : `${name} (context ${cid})`;
  });
  return `APN ${names.join(', ')}`;
}
