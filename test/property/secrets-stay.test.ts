import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { LMQTT } from '../../src/dialects/lmqtt/dialect.js';
import { LMQTT_IDENTITY } from '../../src/dialects/lmqtt/identity.js';
import { Modem } from '../../src/modem/modem.js';
import { formatTrace } from '../../src/transport/trace.js';
import { AnsweringModule, ERROR, OK } from '../dialects/lmqtt/answering-module.js';
import { OPTIONS } from '../dialects/lmqtt/session-under-test.js';

const SECRET = 'hunter2';
const LINE = `AT+LMQTTCONN=0,"meter-7","user","${SECRET}"`;

const LEAVE = /^AT\+LMQTT(DISC|CLOSE)=0$/;

let modem: Modem | undefined;
afterEach(() => modem?.close());

/** Connects with a password to a module that answers LMQTTCONN so; gives all that anybody is told. */
async function told(answer: string, abort?: AbortController): Promise<string> {
  const module = new AnsweringModule().answer(/CONN=/, answer === '' ? undefined : answer);
  // A module that echoes one line echoes the next as well.
  if (answer.startsWith(LINE)) module.answer(LEAVE, ([line]) => (echoing ? `${line}\r\r\n${ERROR}` : ERROR));
  let echoing = false;
  const heard: unknown[] = [];
  modem = new Modem(module.open, LMQTT_IDENTITY, { trace: (entry) => heard.push(formatTrace(entry)) });
  modem.on('urc', (line) => heard.push(line));
  modem.on('reboot', (marker) => heard.push(marker));
  await modem.reopen();
  const session = LMQTT.createSession(
    modem,
    { ...OPTIONS, username: 'user', password: SECRET },
    {
      message: () => {},
      lost: (reason) => heard.push(reason),
      degraded: (degradation) => heard.push(degradation),
    },
  );
  const opened = session.open(abort === undefined ? {} : { signal: abort.signal });
  opened.catch(() => {});
  await module.receives(/CONN=/);
  echoing = true;
  abort?.abort();
  if (abort !== undefined) module.send(ERROR);
  heard.push(await opened.catch((error) => error));
  return inspect(heard, { depth: null, showHidden: true, maxStringLength: null, maxArrayLength: null });
}

describe('a password is shown by no trace, event or error', () => {
  it.each([
    ['refused', ERROR],
    ['echoed', `${LINE}\r\r\n${ERROR}`],
    ['echoed without its first byte', `${LINE.slice(1)}\r\r\n${ERROR}`],
    ['echoed with a garbled name', `${LINE.replace('LMQ', 'L\x80Q')}\r\r\n${ERROR}`],
    ['echoed with a garbled equals sign', `${LINE.replace('=', '\xbd')}\r\r\n${ERROR}`],
    ['echoed behind OK', `${OK}${LINE}\r\r\n\r\n+LMQTTCONN: 0,0,5\r\n`],
    ['echoed twice', `${LINE}\r\r\n${LINE}\r\r\n${ERROR}`],
    ['told in the error', `\r\n+CME ERROR: ${LINE}\r\n`],
    ['glued to a boot marker', `^boot.rom'v${LINE}\r\n`],
    ['glued behind a banner', `Lierda ${LINE}\r\n${ERROR}`],
    ['told twice in the error', `\r\n+CME ERROR: ${LINE}: ${LINE}\r\n`],
    ['refused by the broker', `${LINE}\r\r\n${OK}\r\n+LMQTTCONN: 0,0,4\r\n`],
  ])('%s', async (_name, answer) => {
    const all = await told(answer);
    expect(all).toContain('"***"');
    expect(all).not.toContain(SECRET);
  });

  it('given up', async () => {
    const all = await told('', new AbortController());
    expect(all).toContain('ABORTED');
    expect(all).not.toContain(SECRET);
  });
});
