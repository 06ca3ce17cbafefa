import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type Form, payloadOf, type Te } from './te.js';

const FINAL = /\r\n(OK|ERROR)\r\n/;
const PROMPT = '\r\n> ';

/**
 * The yardstick: the same bytes from a loop that does nothing but look for `OK` and the prompt. It shows what the
 * module and the machine leave of the line.
 */
export class BareTe implements Te {
  readonly #socket: Socket;
  #text = '';
  #look = () => {};

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (bytes: Buffer) => {
      this.#text += bytes.toString('latin1');
      this.#look();
    });
  }

  static async open(url: string): Promise<BareTe> {
    const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    const te = new BareTe(socket);
    await te.#command('ATE0');
    await te.#command('AT+LMQTTOPEN=0,"broker.example",1883');
    await te.#until(/\+LMQTTOPEN: 0,0\r\n/);
    await te.#command('AT+LMQTTCONN=0,"bare"');
    await te.#until(/\+LMQTTCONN: 0,0/);
    return te;
  }

  async publish(form: Form, bytes: number, count: number): Promise<void> {
    const payload = payloadOf(form, bytes);
    for (let n = 0; n < count; n += 1) {
      const head = `AT+LMQTTPUB=0,${n + 1},1,0,"up",${bytes}`;
      if (form === 'inline') await this.#command(`${head},"${payload.toString('latin1')}"`);
      else await this.#command(head, payload);
    }
  }

  async close(): Promise<void> {
    await this.#command('AT+LMQTTDISC=0');
    await this.#command('AT+LMQTTCLOSE=0');
    this.#socket.destroy();
  }

  async #command(line: string, payload?: Buffer): Promise<void> {
    this.#text = '';
    this.#socket.write(`${line}\r\n`);
    if (payload !== undefined) {
      await this.#until(PROMPT);
      this.#socket.write(payload);
    }
    await this.#until(FINAL);
    if (this.#text.includes('\r\nERROR')) throw new Error(`${line}: ERROR`);
  }

  #until(what: RegExp | string): Promise<void> {
    return new Promise((resolve) => {
      this.#look = () => {
        if (this.#text.search(what) < 0) return;
        this.#look = () => {};
        resolve();
      };
      this.#look();
    });
  }
}
