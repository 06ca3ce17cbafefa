import { optionCommand, TELNET, type Verb } from './telnet-codec.js';

type State = 'no' | 'asked' | 'yes';

/** What one end does (`WILL`), or is asked to do (`DO`). */
type Side = 'us' | 'peer';

/**
 * The state of the options of a telnet connection, as RFC 1143 has it: a change is answered once, so that two ends
 * never answer each other for ever. Pure.
 */
export class TelnetOptions {
  readonly #wanted: ReadonlySet<number>;
  readonly #states = new Map<string, State>();
  readonly #refused = new Set<string>();

  /** `wanted`: the options that are agreed to, on either side. */
  constructor(wanted: readonly number[]) {
    this.#wanted = new Set(wanted);
  }

  isOn(side: Side, option: number): boolean {
    return this.#state(side, option) === 'yes';
  }

  /** Whether the peer has said no since the option was asked for. */
  isRefused(side: Side, option: number): boolean {
    return this.#refused.has(`${side} ${option}`);
  }

  /** What is to be sent to ask for an option; nothing if it is on, or asked for already. */
  request(side: Side, option: number): Buffer {
    if (this.#state(side, option) !== 'no') return Buffer.alloc(0);
    this.#set(side, option, 'asked');
    return optionCommand(side === 'us' ? TELNET.WILL : TELNET.DO, option);
  }

  /** What is to be sent in answer to the peer. */
  receive(verb: Verb, option: number): Buffer {
    const side = verb === TELNET.DO || verb === TELNET.DONT ? 'us' : 'peer';
    const [yes, no] = side === 'us' ? [TELNET.WILL, TELNET.WONT] : [TELNET.DO, TELNET.DONT];
    const state = this.#state(side, option);
    if (verb === TELNET.WONT || verb === TELNET.DONT) {
      if (state !== 'no') this.#refused.add(`${side} ${option}`);
      this.#set(side, option, 'no');
      return state === 'yes' ? optionCommand(no, option) : Buffer.alloc(0);
    }
    if (!this.#wanted.has(option)) return optionCommand(no, option);
    this.#set(side, option, 'yes');
    this.#refused.delete(`${side} ${option}`);
    return state === 'no' ? optionCommand(yes, option) : Buffer.alloc(0);
  }

  #state(side: Side, option: number): State {
    return this.#states.get(`${side} ${option}`) ?? 'no';
  }

  #set(side: Side, option: number, state: State): void {
    this.#states.set(`${side} ${option}`, state);
  }
}
