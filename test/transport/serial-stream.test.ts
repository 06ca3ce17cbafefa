import { Duplex } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SerialStream } from '../../src/transport/serial-stream.js';
import type { WriteCallback } from '../../src/transport/transport.js';
import { endings } from '../helpers/streams.js';

/** A serial port whose write callbacks come when the test says so. */
class SlowPort extends Duplex {
  readonly path = '/dev/ttySLOW';
  readonly closing = false;
  isOpen = true;
  readonly calls: string[] = [];
  written: WriteCallback = () => {};

  override _read(): void {}

  override _write(_chunk: Buffer, _encoding: BufferEncoding, callback: WriteCallback): void {
    this.written = callback;
  }

  flush(done?: (error: Error | null) => void): void {
    this.calls.push('flush');
    done?.(null);
  }

  close(done?: (error: Error | null) => void): void {
    this.calls.push('close');
    this.isOpen = false;
    this.emit('close', null);
    done?.(null);
  }
}

describe('SerialStream', () => {
  let slow: SlowPort;
  let port: SerialStream;
  let order: string[];

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    slow = new SlowPort();
    port = new SerialStream(slow);
    order = [];
    port.on('data', (chunk) => order.push(String(chunk)));
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const turn = () => new Promise(setImmediate);

  it('holds an answer that overtakes the callback of its write, in order', async () => {
    const written = new Promise<void>((resolve) => port.write('AT\r', () => resolve())).then(() =>
      order.push('written'),
    );
    slow.push('\r\nO');
    await turn();
    slow.push('K\r\n');
    await turn();
    expect(order).toEqual([]);
    slow.written();
    slow.push('+URC');
    await written;
    await turn();
    expect(order).toEqual(['written', '\r\nO', 'K\r\n', '+URC']);
  });

  it('holds for a second at most', async () => {
    port.write(Buffer.alloc(100));
    await turn();
    slow.push('one');
    await turn();
    vi.advanceTimersByTime(999);
    slow.push('two');
    await turn();
    expect(order).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(order).toEqual(['one', 'two']);
    slow.push('three');
    await turn();
    expect(order).toEqual(['one', 'two', 'three']);
  });

  it('passes bytes on at once when nothing is being written', async () => {
    slow.push('+URC');
    await turn();
    expect(order).toEqual(['+URC']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('delivers what it holds before it reports a loss', async () => {
    const { events, closed } = endings(port);
    port.write('AT\r');
    slow.push('NORMAL POWER DOWN');
    await turn();
    slow.isOpen = false;
    slow.emit('close', Object.assign(new Error('bad'), { disconnected: true }));
    expect(order).toEqual(['NORMAL POWER DOWN']);
    await closed;
    expect(events).toEqual([
      expect.objectContaining({
        code: 'PORT_CLOSED',
        message: '/dev/ttySLOW: the port vanished: unplugged, or the device restarted',
      }),
      'close',
    ]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('throws away what the system has not sent when it is destroyed in the middle of a write', async () => {
    const { closed } = endings(port);
    port.write('AT\r');
    port.destroy();
    await closed;
    expect(slow.calls).toEqual(['flush', 'close']);
  });

  it('throws nothing away when every write was taken', async () => {
    const { closed } = endings(port);
    port.write('AT\r', () => port.destroy());
    await turn();
    slow.written();
    await closed;
    expect(slow.calls).toEqual(['close']);
  });
});
