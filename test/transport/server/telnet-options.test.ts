import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OPTION, TELNET, TelnetDecoder, type Verb } from '../../../src/transport/server/telnet-codec.js';
import { TelnetOptions } from '../../../src/transport/server/telnet-options.js';

const { WILL, WONT, DO, DONT } = TELNET;
const { BINARY, ECHO, COM_PORT } = OPTION;

describe('TelnetOptions', () => {
  it.each<[string, Verb, number, readonly number[]]>([
    ['agrees to receive eight bits', WILL, BINARY, [255, DO, BINARY]],
    ['agrees to send eight bits', DO, BINARY, [255, WILL, BINARY]],
    ['wants no echo of the server', WILL, ECHO, [255, DONT, ECHO]],
    ['does not echo', DO, ECHO, [255, WONT, ECHO]],
    ['does not control a port unless it wants to', DO, COM_PORT, [255, WONT, COM_PORT]],
    ['has nothing to say to a refusal', DONT, BINARY, []],
  ])('%s', (_what, verb, option, reply) => {
    expect([...new TelnetOptions([BINARY]).receive(verb, option)]).toEqual(reply);
  });

  it('asks once, and takes the answer without another one', () => {
    const options = new TelnetOptions([COM_PORT]);
    expect([...options.request('us', COM_PORT)]).toEqual([255, WILL, COM_PORT]);
    expect([...options.request('us', COM_PORT)]).toEqual([]);
    expect([...options.receive(DO, COM_PORT)]).toEqual([]);
    expect(options.isOn('us', COM_PORT)).toBe(true);
  });

  it('knows a refusal, also a later one', () => {
    const options = new TelnetOptions([COM_PORT]);
    options.request('us', COM_PORT);
    options.receive(DONT, COM_PORT);
    expect(options.isRefused('us', COM_PORT)).toBe(true);
    options.receive(DO, COM_PORT);
    expect([...options.receive(DONT, COM_PORT)]).toEqual([255, WONT, COM_PORT]);
    expect(options.isRefused('us', COM_PORT)).toBe(true);
  });

  it('comes to an end with a peer of its own kind, whoever asks for what', () => {
    const request = fc.record({
      end: fc.boolean(),
      side: fc.constantFrom<'us' | 'peer'>('us', 'peer'),
      option: fc.constantFrom(0, 1, 3, 44),
    });
    fc.assert(
      fc.property(fc.array(request, { maxLength: 8 }), (requests) => {
        const ends = [new TelnetOptions([0, 3, 44]), new TelnetOptions([0, 1])];
        const wires = [Buffer.alloc(0), Buffer.alloc(0)];
        const send = (to: number, bytes: Buffer) => {
          wires[to] = Buffer.concat([wires[to] ?? Buffer.alloc(0), bytes]);
        };
        for (const { end, side, option } of requests) {
          send(end ? 0 : 1, ends[end ? 1 : 0]?.request(side, option) ?? Buffer.alloc(0));
        }
        for (let turn = 0; wires.some((wire) => wire.length > 0); turn += 1) {
          expect(turn).toBeLessThan(20);
          const to = turn % 2;
          const wire = wires[to] ?? Buffer.alloc(0);
          wires[to] = Buffer.alloc(0);
          for (const item of new TelnetDecoder().push(wire)) {
            if (item.kind === 'option')
              send(1 - to, ends[to]?.receive(item.verb, item.option) ?? Buffer.alloc(0));
          }
        }
        for (const option of [0, 1, 3, 44]) {
          expect(ends[0]?.isOn('us', option)).toBe(ends[1]?.isOn('peer', option));
        }
      }),
    );
  });
});
