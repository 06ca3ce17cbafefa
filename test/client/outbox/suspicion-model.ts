import { Suspicion } from '../../../src/client/outbox/suspicion.js';
import { seededRandom } from '../../../src/util/random.js';

export interface ModelMessage {
  readonly name: string;
  readonly qos: 0 | 1;
  /** The broker closes the connection for it. */
  readonly bad: boolean;
}

export interface World {
  readonly messages: readonly ModelMessage[];
  readonly window: number;
  /** ms from sending a message to its result; up to twice as much at random. */
  readonly roundTrip: number;
  /** ms that a connection lives on average until the network breaks it; 0: for ever. */
  readonly meanLife: number;
  /** ms after which another client with the same id comes back and ends the session; 0: there is none. */
  readonly rival: number;
  /** Sessions in which network and rival do that; after them only the broker closes connections. */
  readonly troubled: number;
  /** Whether some of these ends are restarts of the module. */
  readonly restarts: boolean;
  readonly seed: number;
}

export interface Outcome {
  /** In the order of the first delivery. */
  readonly delivered: readonly string[];
  readonly setAside: readonly string[];
  readonly sessions: number;
}

/** Accusations in a row after which a message is set aside, as by default. */
const ATTEMPTS = 5;

interface Flight {
  readonly message: ModelMessage;
  /** When its result comes, or, if it is bad, when the connection is closed. */
  readonly due: number;
}

/** A sender as `PublishWindow`, in a time of its own, with a world in which connections end for many reasons. */
export class SuspicionModel {
  readonly #world: World;
  readonly #random: () => number;
  readonly #suspicion = new Suspicion<ModelMessage>();
  readonly #waiting: ModelMessage[];
  readonly #attempts = new Map<ModelMessage, number>();
  readonly #delivered = new Set<string>();
  readonly #setAside: string[] = [];
  #flights: Flight[] = [];
  #now = 0;
  #sessions = 0;

  constructor(world: World) {
    this.#world = world;
    this.#random = seededRandom(world.seed);
    this.#waiting = [...world.messages];
  }

  /** Until all messages have left, or `limit` sessions have passed. */
  run(limit: number): Outcome {
    while (this.#waiting.length > 0 && this.#sessions < limit) this.#session();
    return { delivered: [...this.#delivered], setAside: this.#setAside, sessions: this.#sessions };
  }

  #session(): void {
    this.#sessions += 1;
    this.#now += 1000;
    const end = this.#now + this.#lifetime();
    this.#suspicion.opened(this.#now);
    for (;;) {
      const control = this.#send();
      const next = Math.min(control, ...this.#flights.map(({ due }) => due));
      if (next >= end) return this.#end(end, !(this.#world.restarts && this.#random() < 0.3));
      this.#now = next;
      const flight = this.#flights.find(({ due }) => due === next);
      if (flight === undefined) {
        if (next === control && Number.isFinite(control)) this.#suspicion.survived();
        // Nothing is left.
        else return;
      } else if (flight.message.bad && flight.due === this.#verdictAt(flight)) return this.#end(next, true);
      else this.#settle(flight);
    }
  }

  /** One with QoS 0 has its result at once, and the broker's verdict later. */
  #verdictAt({ message, due }: Flight): number {
    return message.qos === 0 && this.#waiting.includes(message) ? Number.NaN : due;
  }

  /** Hands out what may be; gives the time at which the control ends, or infinity. */
  #send(): number {
    this.#suspicion.retain((message) => this.#waiting.includes(message));
    for (const message of this.#waiting) {
      if (this.#flights.some((flight) => flight.message === message)) continue;
      const underWay = this.#flights.filter((flight) => this.#waiting.includes(flight.message)).length;
      if (underWay >= this.#world.window) return Number.POSITIVE_INFINITY;
      if (!this.#suspicion.clear) {
        return underWay > 0
          ? Number.POSITIVE_INFINITY
          : this.#now + Math.max(0, this.#suspicion.wait(this.#now));
      }
      this.#suspicion.sent(message, this.#now);
      const result = message.qos === 0 ? 1 : this.#trip();
      this.#flights.push({ message, due: this.#inOrder(this.#now + result) });
    }
    return Number.POSITIVE_INFINITY;
  }

  #settle(flight: Flight): void {
    const { message } = flight;
    this.#flights = this.#flights.filter((one) => one !== flight);
    this.#suspicion.settled(message, this.#now, message.qos > 0);
    this.#suspicion.forget(message);
    this.#leave(message);
    this.#delivered.add(message.name);
    if (message.bad) this.#flights.push({ message, due: this.#inOrder(this.#now + this.#trip()) });
  }

  #end(at: number, closed: boolean): void {
    this.#now = at;
    const { accused, cleared } = this.#suspicion.ended(closed, at);
    for (const [message, times] of cleared) this.#count(message, -times);
    if (accused !== undefined && this.#count(accused.one, 1) >= ATTEMPTS) {
      this.#leave(accused.one);
      this.#setAside.push(accused.one.name);
    }
    this.#flights = [];
  }

  #count(message: ModelMessage, change: number): number {
    const attempts = (this.#attempts.get(message) ?? 0) + change;
    this.#attempts.set(message, attempts);
    return attempts;
  }

  #leave(message: ModelMessage): void {
    this.#waiting.splice(this.#waiting.indexOf(message), 1);
  }

  #lifetime(): number {
    const { meanLife, rival, troubled } = this.#world;
    if (this.#sessions > troubled) return Number.POSITIVE_INFINITY;
    const network = meanLife === 0 ? Number.POSITIVE_INFINITY : -Math.log(1 - this.#random()) * meanLife;
    const other = rival === 0 ? Number.POSITIVE_INFINITY : rival * (0.8 + 0.4 * this.#random());
    return Math.min(network, other);
  }

  #trip(): number {
    return this.#world.roundTrip * (1 + this.#random());
  }

  /** A broker takes one message after the other, and answers in that order. */
  #inOrder(due: number): number {
    return Math.max(due, ...this.#flights.map((flight) => flight.due + 0.001));
  }
}
