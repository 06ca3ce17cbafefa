import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Link } from '../../src/at/link.js';
import { turn } from '../helpers/scripted-module.js';
import { StallingStream } from '../helpers/stalling-stream.js';
import { RECEIVED } from './channel-fixtures.js';

const HEADER = '+RECV: 100,';

function linked() {
  const stream = new StallingStream();
  const events: string[] = [];
  const link = new Link(
    stream,
    {
      line: ({ text, payload }) => events.push(text + (payload ?? '')),
      prompt: () => events.push('PROMPT'),
      dropped: (reason, bytes) => events.push(`dropped ${reason} ${bytes}`),
      closed: (error) => events.push(`closed ${error?.code}`),
    },
    { maxLine: 1000, countedHeaders: () => (RECEIVED.counted === undefined ? [] : [RECEIVED.counted]) },
  );
  return { stream, link, events };
}

describe('Link', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => {
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it('gives up a counted payload after its time, however much comes meanwhile', async () => {
    const { stream, events } = linked();
    await stream.receive(`${HEADER}a\r\n`);
    await vi.advanceTimersByTimeAsync(1500);
    await stream.receive('OK\r\n');
    // 2 s, and 2 ms for each of the 100 bytes.
    await vi.advanceTimersByTimeAsync(699);
    expect(events).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(events).toEqual([`dropped incomplete ${HEADER.length + 7}`]);
    await stream.receive('OK\r\n');
    expect(events.at(-1)).toBe('OK');
  });

  it('gives each counted payload its own time', async () => {
    const { stream, events } = linked();
    const payload = '\n'.repeat(100);
    await stream.receive(`${HEADER}${payload.slice(50)}`);
    await vi.advanceTimersByTimeAsync(2000);
    await stream.receive(`${payload.slice(50)}\r\n${HEADER}\n`);
    await vi.advanceTimersByTimeAsync(2199);
    await stream.receive(`${payload.slice(1)}\r\n`);
    expect(events).toEqual([HEADER + payload, HEADER + payload]);
  });

  it('knows whether the stream has taken what was written', () => {
    const { stream, link } = linked();
    expect(link.busy).toBe(false);
    link.write(Buffer.from('AT'), () => {});
    expect(link.busy).toBe(true);
    stream.flow();
    expect(link.busy).toBe(false);
  });

  it('calls nobody back for a write that is not over when it closes', async () => {
    const { stream, link, events } = linked();
    link.write(Buffer.from('AT'), () => events.push('written'));
    await stream.receive(`${HEADER}a\r\n`);
    link.destroy();
    await once(stream, 'close');
    stream.release();
    await turn();
    expect(events).toEqual(['closed undefined']);
  });
});
