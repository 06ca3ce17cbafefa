import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SIMULATED_LMQTT } from '../../../../src/dialects/lmqtt/simulated/simulated.js';
import { withGeneral } from '../../../../src/simulator/module/behaviours/behaviours.js';
import { CommandTable } from '../../../../src/simulator/module/command-line.js';
import type { ModuleContext } from '../../../../src/simulator/module/module-context.js';
import { SerialInput } from '../../../../src/simulator/module/serial/serial-input.js';
import type { Target } from '../campaign.js';
import { chunkSizes, chunks, wireText } from '../wire.js';

/** What understands lines asks the module nothing. */
const { behaviours } = SIMULATED_LMQTT.powerUp({} as ModuleContext, {
  ...{ profile: 'nt26', flash: undefined },
  signLogin: () => assert.fail('nobody logs in here'),
});
const TABLE = new CommandTable(withGeneral(behaviours));

/** What the TA takes of the text; data mode begins when a line asks for it. */
function taken(parts: readonly Buffer[]): string[] {
  const input = new SerialInput();
  const pieces: string[] = [];
  let wanted: number | undefined;
  const take = (): string | undefined => {
    if (wanted === undefined) return input.takeLine();
    const data = input.takeData(wanted)?.toString('latin1');
    if (data !== undefined) wanted = undefined;
    return data;
  };
  for (const part of parts) {
    input.push(part);
    for (let piece = take(); piece !== undefined; piece = take()) {
      pieces.push(piece);
      const start = piece.search(/at/i);
      wanted ??= start < 0 ? undefined : TABLE.understand(piece.slice(start))?.dataLength;
    }
  }
  return pieces;
}

export const SIMULATED_INPUT: Target = {
  name: 'simulated module',
  weight: 5,
  property: fc.property(wireText, chunkSizes, (text, sizes) => {
    const pieces = taken(chunks(`${text}\rAT+LMQTTPUB=0,1,1,0,"t",2\r\nab${text}\r`, sizes));
    assert(pieces.join('').length <= 2 * text.length + 40);
    assert.deepEqual(taken(chunks('AT\r\nAT+CSQ\r\n', sizes)), ['AT', 'AT+CSQ']);
  }),
};
