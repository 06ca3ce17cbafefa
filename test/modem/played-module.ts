import type { Duplex } from 'node:stream';
import { expect } from 'vitest';
import { memoryLink } from '../../src/transport/memory.js';
import { readTranscript, type Step } from '../helpers/transcript.js';

const START_UP = ['AT', 'AT+CSQ', 'ATE0', 'AT+CMEE=1', 'AT+CEREG=2'];

/** A module that plays a transcript byte by byte, after an ordinary start-up; other bytes than the next ones fail. */
export class PlayedModule {
  readonly #steps: Step[];
  readonly #unexpected: string[] = [];
  #received = '';
  #stream: Duplex | undefined;

  constructor(name: string) {
    this.#steps = [...startUpSteps(), ...readTranscript(name).steps];
  }

  readonly source = (): Duplex => {
    const [host, module] = memoryLink();
    this.#stream = module;
    module.on('data', (chunk: Buffer) => this.#onData(chunk));
    module.on('error', () => {});
    return host;
  };

  expectPlayed(): void {
    expect(this.#unexpected).toEqual([]);
    expect(this.#steps.map(({ direction, bytes }) => `${direction} ${bytes.toString('latin1')}`)).toEqual([]);
  }

  #onData(chunk: Buffer): void {
    // A filler in front of the first line is no command line.
    this.#received = (this.#received + chunk.toString('latin1')).replace(/^[\x1b\r]+/, '');
    for (let expected = this.#expected(); this.#received !== ''; expected = this.#expected()) {
      if (!this.#received.startsWith(expected) || expected === '') {
        if (!expected.startsWith(this.#received)) this.#unexpected.push(this.#received);
        return;
      }
      this.#received = this.#received.slice(expected.length);
      this.#steps.shift();
      while (this.#steps[0]?.direction === '<') this.#stream?.write(this.#steps.shift()?.bytes);
    }
  }

  #expected(): string {
    return this.#steps[0]?.bytes.toString('latin1') ?? '';
  }
}

function startUpSteps(): Step[] {
  return START_UP.flatMap((line): Step[] => [
    { direction: '>', bytes: Buffer.from(`${line}\r\n`) },
    { direction: '<', bytes: Buffer.from(`${line === 'AT+CSQ' ? '\r\n+CSQ: 27,99\r\n' : ''}\r\nOK\r\n`) },
  ]);
}
