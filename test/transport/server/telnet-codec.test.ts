import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  escapeIac,
  OPTION,
  optionCommand,
  subnegotiation,
  TELNET,
  TelnetDecoder,
  type TelnetItem,
} from '../../../src/transport/server/telnet-codec.js';

/** Items with data joined: how the bytes were cut does not count. */
function joined(items: readonly TelnetItem[]): unknown[] {
  const result: unknown[] = [];
  let data: number[] | undefined;
  for (const item of items) {
    if (item.kind !== 'data') {
      data = undefined;
      result.push(item.kind === 'sub' ? { ...item, bytes: [...item.bytes] } : item);
      continue;
    }
    if (data === undefined) {
      data = [];
      result.push({ kind: 'data', bytes: data });
    }
    data.push(...item.bytes);
  }
  return result;
}

function decode(bytes: Buffer, cuts: readonly number[]): unknown[] {
  const decoder = new TelnetDecoder();
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  const items: TelnetItem[] = [];
  let start = 0;
  for (const end of [...places, bytes.length]) {
    items.push(...decoder.push(bytes.subarray(start, end)));
    start = end;
  }
  return joined(items);
}

const data = fc.uint8Array({ minLength: 1, maxLength: 40 }).map((bytes) => ({
  item: { kind: 'data', bytes: Buffer.from(bytes) } as TelnetItem,
  wire: escapeIac(Buffer.from(bytes)),
}));
const option = fc
  .tuple(fc.constantFrom(TELNET.WILL, TELNET.WONT, TELNET.DO, TELNET.DONT), fc.nat(255))
  .map(([verb, number]) => ({
    item: { kind: 'option', verb, option: number } as TelnetItem,
    wire: optionCommand(verb, number),
  }));
const sub = fc.tuple(fc.nat(254), fc.uint8Array({ maxLength: 20 })).map(([number, bytes]) => ({
  item: { kind: 'sub', option: number, bytes: Buffer.from(bytes) } as TelnetItem,
  wire: subnegotiation(number, Buffer.from(bytes)),
}));
const command = fc.integer({ min: 241, max: 249 }).map((code) => ({
  item: { kind: 'command', code } as TelnetItem,
  wire: Buffer.from([TELNET.IAC, code]),
}));

describe('TelnetDecoder', () => {
  it('gives data and commands in the order of the wire, however it is cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(data, option, sub, command), { maxLength: 20 }),
        fc.array(fc.nat(1000), { maxLength: 30 }),
        (pieces, cuts) => {
          const wire = Buffer.concat(pieces.map((piece) => piece.wire));
          expect(decode(wire, cuts)).toEqual(joined(pieces.map((piece) => piece.item)));
        },
      ),
    );
  });

  it('gives the same one byte at a time, whatever the bytes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.nat(255), fc.constantFrom(0, 44, 240, 250, 251, 253, 255)), { maxLength: 200 }),
        (bytes) => {
          const wire = Buffer.from(bytes);
          expect(decode(wire, [...wire.keys()])).toEqual(decode(wire, []));
        },
      ),
    );
  });

  it('ends a subnegotiation whose end is missing at the next command', () => {
    const wire = Buffer.from([255, 250, 44, 101, 255, 251, 1, 0x41]);
    expect(decode(wire, [])).toEqual([
      { kind: 'sub', option: 44, bytes: [101] },
      { kind: 'option', verb: TELNET.WILL, option: 1 },
      { kind: 'data', bytes: [0x41] },
    ]);
  });

  it('keeps no more of a subnegotiation than it must', () => {
    const [item] = new TelnetDecoder().push(subnegotiation(OPTION.COM_PORT, Buffer.alloc(100_000, 'x')));
    expect(item).toMatchObject({ kind: 'sub', option: 44 });
    expect(item?.kind === 'sub' && item.bytes.length).toBe(512);
  });
});

describe('escapeIac', () => {
  it('doubles 255 and nothing else', () => {
    expect([...escapeIac(Buffer.from([1, 255, 2, 255, 255]))]).toEqual([1, 255, 255, 2, 255, 255, 255, 255]);
    const plain = Buffer.from('AT\r\n');
    expect(escapeIac(plain)).toBe(plain);
  });
});
