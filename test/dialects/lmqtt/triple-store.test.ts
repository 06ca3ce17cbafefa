import { describe, expect, it, onTestFinished } from 'vitest';
import { LMQTT_IDENTITY } from '../../../src/dialects/lmqtt/identity.js';
import { LMQTT_TRIPLES } from '../../../src/dialects/lmqtt/triples.js';
import { CommandError } from '../../../src/errors/kinds.js';
import { Modem } from '../../../src/modem/modem.js';
import { AnsweringModule, ERROR, info, OK } from './answering-module.js';

const TRIPLE = { productKey: 'a1X2bEnP82z', deviceName: 'example1', deviceSecret: 'hunter2hunter2' };
const CLOUD = 'AT+LMQTTCFG="cloud",0,2,1';
const ALIAUTH = 'AT+LMQTTCFG="aliauth",0,"a1X2bEnP82z","example1","hunter2hunter2"';
const QUERY = 'AT+LMQTTCFG="aliauth",0';

async function modemOn(module: AnsweringModule): Promise<Modem> {
  const modem = new Modem(module.open, LMQTT_IDENTITY);
  onTestFinished(() => modem.close());
  await modem.reopen();
  module.take();
  return modem;
}

const read = async (answer: string) =>
  LMQTT_TRIPLES.read(await modemOn(new AnsweringModule().answer(/"aliauth",0$/, answer)));

describe('writing a triple', () => {
  it('names the cloud, then the triple', async () => {
    const module = new AnsweringModule();
    await LMQTT_TRIPLES.write(await modemOn(module), TRIPLE);
    expect(module.lines).toEqual([CLOUD, ALIAUTH]);
  });

  it.each([
    ['the cloud', /"cloud"/, [CLOUD]],
    ['the triple', /"aliauth"/, [CLOUD, ALIAUTH]],
  ])('rejects when the module refuses %s, without the secret', async (_what, refused, lines) => {
    const module = new AnsweringModule().answer(refused, ERROR);
    const error = await LMQTT_TRIPLES.write(await modemOn(module), TRIPLE).catch((reason) => reason);
    expect(error).toBeInstanceOf(CommandError);
    expect(error.code).toBe('COMMAND_FAILED');
    expect(`${error.message}${error.command}${error.stack}`).not.toContain('hunter2');
    expect(module.lines).toEqual(lines);
  });

  it.each([
    ['productKey', 'triple.productKey is "a"b", but'],
    ['deviceName', 'triple.deviceName is "a"b", but'],
    ['deviceSecret', 'triple.deviceSecret is ***, but'],
  ])('writes nothing with a quote in its %s', async (field, message) => {
    const module = new AnsweringModule();
    const written = LMQTT_TRIPLES.write(await modemOn(module), { ...TRIPLE, [field]: 'a"b' });
    await expect(written).rejects.toThrow(message);
    expect(module.lines).toEqual([]);
  });

  it('gives up when its signal fires', async () => {
    const module = new AnsweringModule().answer(/"aliauth"/, undefined);
    const abort = new AbortController();
    const written = LMQTT_TRIPLES.write(await modemOn(module), TRIPLE, { signal: abort.signal });
    await module.receives(/"aliauth"/);
    abort.abort();
    await expect(written).rejects.toMatchObject({ code: 'ABORTED' });
    module.send(OK);
  });
});

describe('reading the triple', () => {
  it('gives what the module tells', async () => {
    const module = new AnsweringModule().answer(
      /"aliauth",0$/,
      info('+LMQTTCFG: "aliauth","a1X2bEnP82z","example1","hunter2hunter2"'),
    );
    expect(await LMQTT_TRIPLES.read(await modemOn(module))).toEqual(TRIPLE);
    expect(module.lines).toEqual([QUERY]);
  });

  it.each([
    ['a refusal', ERROR],
    ['a refusal with a number', '\r\n+CME ERROR: 3\r\n'],
    ['OK alone', OK],
    ['empty names', info('+LMQTTCFG: "aliauth","","",""')],
  ])('takes %s for none', async (_what, answer) => {
    expect(await read(answer)).toBeUndefined();
  });

  it.each([
    ['two parts', info('+LMQTTCFG: "aliauth","a1X2bEnP82z","hunter2"')],
    ['an empty secret', info('+LMQTTCFG: "aliauth","a1X2bEnP82z","example1",""')],
    ['another key', info('+LMQTTCFG: "keepalive",120')],
    ['two answers', info(...Array(2).fill('+LMQTTCFG: "aliauth","a1X2bEnP82z","example1","hunter2"'))],
  ])('rejects for %s, without the secret', async (_what, answer) => {
    const error = await read(answer).catch((reason) => reason);
    expect(error).toMatchObject({ code: 'BAD_RESPONSE' });
    expect(`${error.message}${error.lines}${error.stack}`).not.toContain('hunter2');
  });
});
