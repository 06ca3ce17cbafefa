import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { afterEach, beforeEach } from 'vitest';
import {
  type EmbeddedBroker,
  type EmbeddedBrokerOptions,
  startBroker,
} from '../../src/simulator/embedded-broker.js';
import type { SimulatedModemOptions } from '../../src/simulator/options.js';
import { SimulatedModem } from '../../src/simulator/simulated-modem.js';
import { readTranscript } from '../helpers/transcript.js';
import { line, OK, RawTe } from './raw-te.js';

/** Everything that a test starts, closed behind it in reverse order. */
export class Fixture {
  readonly #closers: (() => Promise<unknown>)[] = [];
  #broker: EmbeddedBroker | undefined;

  /** The broker of the test. */
  async broker(options: EmbeddedBrokerOptions = {}): Promise<EmbeddedBroker> {
    if (this.#broker === undefined) {
      const broker = await startBroker(options);
      this.#broker = broker;
      this.later(() => broker.close());
    }
    return this.#broker;
  }

  /** A module on that broker, with echo off unless told otherwise, and a TE on its port. */
  async module(options: SimulatedModemOptions = {}): Promise<{ modem: SimulatedModem; te: RawTe }> {
    const broker = await this.broker();
    const modem = await SimulatedModem.start({ broker: broker.url, echo: false, ...options });
    this.later(() => modem.close());
    return { modem, te: await RawTe.open(modem.url) };
  }

  /** A module with a session; `settings` are LMQTTCFG lines behind `AT+LMQTTCFG=`. */
  async connected(
    options: SimulatedModemOptions = {},
    settings: readonly string[] = ['"session",0,1', '"recv/mode",0,0,1'],
  ): Promise<{ modem: SimulatedModem; te: RawTe }> {
    const { modem, te } = await this.module(options);
    await connect(te, settings);
    return { modem, te };
  }

  /** A plain MQTT client on the broker. */
  async farSide(options: IClientOptions = {}): Promise<MqttClient> {
    const { url } = await this.broker();
    const client = await connectAsync(url, { reconnectPeriod: 0, ...options });
    this.later(() => client.endAsync(true));
    return client;
  }

  later(close: () => Promise<unknown>): void {
    this.#closers.unshift(close);
  }

  async close(): Promise<void> {
    for (const close of this.#closers) await close();
  }
}

/** A fresh fixture for each test of a file. */
export function useFixture(): () => Fixture {
  let fixture = new Fixture();
  beforeEach(() => {
    fixture = new Fixture();
  });
  afterEach(() => fixture.close());
  return () => fixture;
}

/** Opens a session on a module whose echo is off. */
export async function connect(
  te: RawTe,
  settings: readonly string[] = [],
  clientId = 'meter-7',
): Promise<void> {
  for (const setting of settings) await te.ask(`AT+LMQTTCFG=${setting}`, OK);
  await te.ask('AT+LMQTTOPEN=0,"mqtt.example.net",1883', OK + line('+LMQTTOPEN: 0,0'));
  await te.ask(`AT+LMQTTCONN=0,"${clientId}"`, OK + line('+LMQTTCONN: 0,0,0'));
}

/** Plays a transcript of `fixtures/transcripts`, every byte of it. */
export async function play(te: RawTe, name: string): Promise<void> {
  for (const { direction, bytes } of readTranscript(name).steps) {
    if (direction === '>') te.write(bytes);
    else await te.expect(bytes);
  }
}

/** Resolves when a link in memory has delivered what was written: it does so in the next turn of the event loop. */
export async function delivered(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** The next message that a client gets. */
export function nextMessage(
  client: MqttClient,
): Promise<{ topic: string; payload: Buffer; retain: boolean; qos: number }> {
  return new Promise((resolve) => {
    client.once('message', (topic, payload, { retain, qos }) => resolve({ topic, payload, retain, qos }));
  });
}
