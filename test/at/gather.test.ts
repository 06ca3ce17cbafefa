import { describe, expect, it } from 'vitest';
import { fixedRequest, NO_INFORMATION, type Nothing, type OneStageCommand } from '../../src/at/command.js';
import { SIM_STATE } from '../../src/at/commands/control.js';
import { REVISION } from '../../src/at/commands/identity.js';
import { REGISTRATION } from '../../src/at/commands/registration.js';
import { SIGNAL_QUALITY } from '../../src/at/commands/signal.js';
import { gather } from '../../src/at/gather.js';
import { LONG, open } from './channel-fixtures.js';

/** `AT+CMEE=1`. */
const REPORT: OneStageCommand<Nothing, Nothing> = {
  name: '+CMEE',
  form: 'set',
  request: fixedRequest('AT+CMEE=1'),
  response: NO_INFORMATION,
  limits: { response: LONG },
  abortable: false,
};

const ALL = [REPORT, REGISTRATION, SIM_STATE] as const;
const LINE = 'AT+CMEE=1;+CEREG?;+CPIN?';
const CEREG = '\r\n+CEREG: 0,1\r\n';
const CPIN = '\r\n+CPIN: READY\r\n';
const OK = '\r\nOK\r\n';
const ANSWERS = [
  { status: 'fulfilled', value: null },
  { status: 'fulfilled', value: { n: 0, stat: 1 } },
  { status: 'fulfilled', value: 'READY' },
];

describe('several questions in one line', () => {
  it.each([
    ['as the standard wants them', `${CEREG}${CPIN}${OK}`],
    ['in another order, with a URC between', `${CPIN}\r\n+QIURC: "pdpdeact",1\r\n${CEREG}${OK}`],
  ])('are answered each with its lines: %s', async (_name, bytes) => {
    const { channel, module } = open();
    const answers = gather(channel, ALL);
    await module.expects(`${LINE}\r\n`);
    for (const byte of bytes) await module.sends(byte);
    expect(await answers).toEqual(ANSWERS);
    expect(module.unexpected).toBe('');
  });

  it('are asked one by one after an ERROR, and from then on, if each of them works alone', async () => {
    const { channel, module } = open();
    for (const lines of [[LINE], []]) {
      const answers = gather(channel, ALL);
      for (const line of lines) await module.answers(line, '\r\nERROR\r\n');
      await module.answers('AT+CMEE=1');
      await module.answers('AT+CEREG?', CEREG + OK);
      await module.answers('AT+CPIN?', CPIN + OK);
      expect(await answers).toEqual(ANSWERS);
    }
  });

  it('are asked in one line again if one of them failed alone as well', async () => {
    const { channel, module } = open();
    const first = gather(channel, ALL);
    await module.answers(LINE, '\r\n+CME ERROR: 10\r\n');
    await module.answers('AT+CMEE=1');
    await module.answers('AT+CEREG?', CEREG + OK);
    await module.answers('AT+CPIN?', '\r\n+CME ERROR: 10\r\n');
    expect(await first).toMatchObject([{}, {}, { status: 'rejected', reason: { number: 10 } }]);
    const second = gather(channel, ALL);
    await module.answers(LINE, CEREG + CPIN + OK);
    expect(await second).toEqual(ANSWERS);
  });

  it('are asked one by one if the line is answered in part', async () => {
    const { channel, module } = open();
    const answers = gather(channel, [REGISTRATION, SIGNAL_QUALITY]);
    await module.answers('AT+CEREG?;+CSQ', CEREG + OK);
    await module.answers('AT+CEREG?', CEREG + OK);
    await module.answers('AT+CSQ', `\r\n+CSQ: 27,99\r\n${OK}`);
    expect(await answers).toMatchObject([{ value: { stat: 1 } }, { value: { rssi: 27, ber: 99 } }]);
  });

  it('are not put into one line with an answer that has no prefix', async () => {
    const { channel, module } = open();
    const answers = gather(channel, [REGISTRATION, REVISION]);
    await module.answers('AT+CEREG?', CEREG + OK);
    await module.answers('AT+CGMR', `\r\nR1\r\n${OK}`);
    expect(await answers).toMatchObject([{ value: { stat: 1 } }, { value: 'R1' }]);
  });

  it('settle all of them when the port is closed or the caller gives up', async () => {
    const { channel, module } = open();
    const aborted = gather(channel, ALL, { signal: AbortSignal.abort() });
    expect(await aborted).toMatchObject(ALL.map(() => ({ status: 'rejected', reason: { code: 'ABORTED' } })));
    const closed = gather(channel, ALL);
    await module.expects(`${LINE}\r\n`);
    channel.close();
    expect(await closed).toMatchObject(ALL.map(() => ({ status: 'rejected', reason: { code: 'CLOSED' } })));
  });
});
