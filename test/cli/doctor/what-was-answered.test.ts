import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { unexpectedFinding } from '../../../src/cli/doctor/examine.js';
import { summaryOf } from '../../../src/cli/doctor/report.js';
import { ModemError } from '../../../src/errors/modem-error.js';
import { startWorld } from '../world.js';
import { doctor, stepOf } from './doctor-run.js';

let server: Server | undefined;
afterEach(() => server?.close());

const OK = '\r\nOK\r\n';

/** A module that answers command lines as the list says, the first that fits; anything else with OK. */
async function moduleThat(...answers: readonly (readonly [line: RegExp, answer: string])[]) {
  const lines: string[] = [];
  server = createServer((socket) => {
    let typed = '';
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      typed += bytes.toString('latin1');
      for (let end = typed.search(/\r\n?/); end >= 0; end = typed.search(/\r\n?/)) {
        const line = typed.slice(0, end).replaceAll('\x1b', '');
        typed = typed.slice(end).replace(/^[\r\n]+/, '');
        // V.250 5.2.1: a line without AT is ignored.
        if (!line.startsWith('AT')) continue;
        lines.push(line);
        socket.write(Buffer.from(answers.find(([pattern]) => pattern.test(line))?.[1] ?? OK, 'latin1'));
      }
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { lines, to: ['-p', `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`] };
}

const HEALTHY = [
  [/^AT\+CPIN\?/, `\r\n+CPIN: READY\r\n${OK}`],
  [/^AT\+CSQ/, `\r\n+CSQ: 27,99\r\n${OK}`],
  [/^AT\+CESQ/, `\r\nERROR\r\n`],
  [/^AT\+CGSN/, `\r\n861326070275653\r\n${OK}`],
  [/^AT\+CGM[IMR]/, `\r\nNT26\r\n${OK}`],
  [/^AT\+LGMR/, `\r\nERROR\r\n`],
  [/^AT\+(?:LCELL|COPS|CFUN|LCCID|CIMI|CCLK)/, '\r\nERROR\r\n'],
  [/^AT\+CMEE\?/, `\r\n+CMEE: 1\r\n${OK}`],
] as const;

const REGISTERED = [/^AT\+CEREG\?/, `\r\n+CEREG: 2,1\r\n${OK}`] as const;
const ADDRESS = [/^AT\+CGPADDR/, `\r\n+CGPADDR: 1,"10.0.0.7"\r\n${OK}`] as const;

describe('the doctor says what was answered', () => {
  it('and claims no setting that the module has refused', async () => {
    const { to } = await moduleThat(
      [/^AT\+CEREG=/, '\r\nERROR\r\n'],
      [/^AT\+CEREG\?/, '\r\n+CEREG: 7\r\n\r\nERROR\r\n'],
      ...HEALTHY,
      ADDRESS,
    );
    const examination = await doctor([...to, '--registration-timeout', '0.1']);
    expect(stepOf(examination, 'settings')).toMatchObject({
      status: 'ok',
      facts: { restored: [], left: [] },
    });
    expect(examination.text).not.toContain('AT+CEREG=2');
  });

  it('and that a setting could not be put back', async () => {
    const { to } = await moduleThat(
      [/^AT\+CEREG=0/, '\r\nERROR\r\n'],
      [/^AT\+CEREG\?/, `\r\n+CEREG: 0,1\r\n${OK}`],
      ...HEALTHY,
      ADDRESS,
    );
    const settings = stepOf(await doctor(to), 'settings');
    expect(settings).toMatchObject({ status: 'warn', facts: { refused: ['AT+CEREG=0'], restored: [] } });
    expect(settings.found).toBe('the module refused AT+CEREG=0, as it was before');
  });

  it('and the APN, with an address and without', async () => {
    const { to } = await moduleThat(
      [/^AT\+CGDCONT\?/, `\r\n+CGDCONT: 1,"IP","cmnet","",0,0\r\n+CGDCONT: 2,"IPV4V6",""\r\n${OK}`],
      ...HEALTHY,
      REGISTERED,
      ADDRESS,
    );
    expect(stepOf(await doctor(to), 'address')).toMatchObject({
      status: 'ok',
      found: '10.0.0.7, APN cmnet (context 1), left to the network (context 2)',
      facts: {
        contexts: [
          { context: 1, apn: 'cmnet' },
          { context: 2, apn: '' },
        ],
      },
    });
    server?.close();
    const none = await moduleThat([/^AT\+CGDCONT\?/, '\r\nERROR\r\n'], ...HEALTHY, REGISTERED, [
      /^AT\+CGPADDR/,
      OK,
    ]);
    const address = stepOf(await doctor(none.to), 'address');
    expect(address.found).toBe(
      'the module has no address yet; APN unknown (AT+CGDCONT?: the module answered ERROR)',
    );
    expect(address.facts).toMatchObject({ address: null, contexts: null });
  });

  it('and the APN that the network denies', async () => {
    const { to } = await moduleThat(
      [/^AT\+CGDCONT\?/, `\r\n+CGDCONT: 1,"IP","wrong.apn"\r\n${OK}`],
      [/^AT\+CEREG\?/, `\r\n+CEREG: 2,3\r\n${OK}`],
      ...HEALTHY,
    );
    const registration = stepOf(await doctor([...to, '--registration-timeout', '0.1']), 'registration');
    expect(registration.found).toMatch(/; APN wrong\.apn$/);
  });

  it('and that AT was answered with ERROR', async () => {
    const { to } = await moduleThat([/^AT$/, '\r\nERROR\r\n'], ...HEALTHY, REGISTERED, ADDRESS);
    const step = stepOf(await doctor(to), 'at');
    expect(step).toMatchObject({ status: 'warn', found: 'the module answers, but ERROR to AT' });
  });

  it('and blames bytes that got lost before, not the power', async () => {
    const { to } = await moduleThat(
      [/^AT$/, `A\x80\r\r\n${OK}`],
      [/^AT\+CGPADDR/, ''],
      ...HEALTHY,
      REGISTERED,
    );
    const address = stepOf(await doctor(to), 'address');
    expect(address.status).toBe('fail');
    expect(address.causes[0]).toMatch(/^bytes get lost on the line: the echo was garbled/);
    expect(address.causes.join()).not.toContain('power');
    expect(address.next[0]).toMatch(/wiring/);
  });
});

describe('a command that ran out of time', () => {
  const error = new ModemError('TIMEOUT', 'AT+X: no final result code within 5000 ms');

  it('is no matter of power while the module answers AT', () => {
    const { advice } = unexpectedFinding(error, { gone: false, loss: undefined });
    expect(advice?.causes[0]).toMatch(/needs longer/);
    expect(advice?.causes.join()).not.toContain('power');
  });

  it('may be one when it does not', () => {
    const { advice } = unexpectedFinding(error, { gone: true, loss: undefined });
    expect(advice?.causes.join()).toContain('power');
  });
});

it('claims no way back that was not tried', async () => {
  const { to } = await startWorld();
  const { summary } = await doctor([...to, '--no-publish']);
  expect(summary.summary).toBe(
    'everything works, from the port to the broker; whether messages come back was not tried',
  );
  expect(summaryOf([], true).summary).not.toContain('and back');
});
