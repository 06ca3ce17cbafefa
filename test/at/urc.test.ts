import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { callListener, type Urc, UrcRegistry } from '../../src/at/urc.js';

const counted = () => undefined;

/** `<name>: <number>`. */
function numbered(name: string): Urc<number> {
  return {
    name,
    parse: ({ text }) => (/: \d+$/.test(text) ? Number(text.slice(name.length + 2)) : undefined),
    format: (value) => ({ text: `${name}: ${value}` }),
    counted,
  };
}

describe('UrcRegistry', () => {
  it('decides by name and shape, and calls every listener', () => {
    const registry = new UrcRegistry();
    const seen: string[] = [];
    registry.add(numbered('+A'), (value) => seen.push(`one ${value}`));
    registry.add(numbered('+A'), (value) => seen.push(`two ${value}`));
    expect(registry.recognises({ text: '+A: 1' })).toBe(true);
    expect(seen).toEqual([]);
    expect(registry.dispatch({ text: '+A: 1' })).toBe(true);
    expect(registry.dispatch({ text: '+A: x' })).toBe(false);
    expect(registry.dispatch({ text: '+B: 1' })).toBe(false);
    expect(registry.recognises({ text: '+A: x' })).toBe(false);
    expect(registry.recognises({ text: '+B: 1' })).toBe(false);
    expect(seen).toEqual(['one 1', 'two 1']);
  });

  it('forgets a listener, with the header of its declaration', () => {
    const registry = new UrcRegistry();
    const { counted: _, ...plain } = numbered('+B');
    registry.add(plain, () => {});
    const forget = registry.add(numbered('+A'), () => {});
    expect(registry.countedHeaders).toEqual([counted]);
    forget();
    forget();
    expect(registry.countedHeaders).toEqual([]);
    expect(registry.dispatch({ text: '+A: 1' })).toBe(false);
  });

  it('bears listeners that add and remove listeners: the new one sees the next line only', () => {
    const registry = new UrcRegistry();
    const seen: number[] = [];
    let forget = () => {};
    const listen = (value: number) => {
      seen.push(value);
      forget();
      forget = registry.add(numbered('+A'), listen);
    };
    forget = registry.add(numbered('+A'), listen);
    registry.dispatch({ text: '+A: 1' });
    registry.dispatch({ text: '+A: 2' });
    expect(seen).toEqual([1, 2]);
  });

  it('does not call a listener that was removed by one before it', () => {
    const registry = new UrcRegistry();
    let forget = () => {};
    registry.add(numbered('+A'), () => forget());
    forget = registry.add(numbered('+A'), () => expect.unreachable());
    expect(registry.dispatch({ text: '+A: 1' })).toBe(true);
  });
});

describe('a declaration with several listeners', () => {
  it('reads a line once, asked whose it is or handed over, and the next line anew', () => {
    const registry = new UrcRegistry();
    const read: string[] = [];
    const plain = numbered('+A');
    const urc: Urc<number> = {
      ...plain,
      parse: (line) => {
        read.push(line.text);
        return plain.parse(line);
      },
    };
    const seen: number[] = [];
    for (let times = 0; times < 3; times += 1) registry.add(urc, (value) => seen.push(value));
    const line = { text: '+A: 1' };
    expect(registry.recognises(line)).toBe(true);
    expect(registry.dispatch(line)).toBe(true);
    expect(registry.dispatch({ text: '+A: 2' })).toBe(true);
    expect(seen).toEqual([1, 1, 1, 2, 2, 2]);
    expect(read).toEqual(['+A: 1', '+A: 2']);
    expect(registry.countedHeaders).toEqual([counted]);
  });

  it('calls a function that listens twice as often, and keeps the other when one is forgotten', () => {
    const registry = new UrcRegistry();
    const urc = numbered('+A');
    const seen: number[] = [];
    const listen = (value: number) => void seen.push(value);
    const forget = registry.add(urc, listen);
    registry.add(urc, listen);
    registry.dispatch({ text: '+A: 1' });
    forget();
    registry.dispatch({ text: '+A: 2' });
    expect(seen).toEqual([1, 1, 2]);
  });
});

describe('callListener', () => {
  it('goes on when the listener throws; the error is an uncaught exception', async () => {
    const [handlers, error] = [process.listeners('uncaughtException'), new Error('from a listener')];
    process.removeAllListeners('uncaughtException');
    const uncaught = once(process, 'uncaughtException');
    callListener(() => {
      throw error;
    });
    const [caught] = await uncaught;
    for (const handler of handlers) process.on('uncaughtException', handler);
    expect(caught).toBe(error);
  });
});
