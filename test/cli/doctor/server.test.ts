import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { openTransport } from '../../../src/transport/open.js';
import { hasPty, openPty } from '../../helpers/pty.js';
import { hasSer2net, startSer2net } from '../../helpers/ser2net.js';
import { endings } from '../../helpers/streams.js';
import { doctor, expectFailure, type StepRecord, stepOf } from './doctor-run.js';
import { openRatedLine } from './rated-line.js';

const closers: (() => Promise<unknown>)[] = [];
const QUICK = ['--start-timeout', '0.2'];
const RFC2217 = 'telnet(rfc2217),tcp';
const WIRING = /wire|TX|RX|ground|unplugged|power|USB/i;

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A server that does this with each connection; its `host:port`. */
async function server(serve: (socket: Socket) => void): Promise<string> {
  const listening = createServer((socket) => {
    socket.on('error', () => {});
    serve(socket);
  }).listen(0, '127.0.0.1');
  await once(listening, 'listening');
  closers.push(async () => listening.close());
  return `127.0.0.1:${(listening.address() as { port: number }).port}`;
}

function expectNoWiring({ found, causes, next }: StepRecord): void {
  expect([found, ...causes, ...next].join('\n')).not.toMatch(WIRING);
}

describe('atmqtt doctor, on a serial server', () => {
  it.each(['tcp', 'telnet', 'rfc2217'])(
    'quotes why the server closes %s://, and blames no wire',
    async (scheme) => {
      const address = await server((socket) => socket.end('Port already in use\r\n'));
      const failed = expectFailure(await doctor(['-p', `${scheme}://${address}`]), 'open', 3, ['at']);
      expect(failed.found).toContain('"Port already in use"');
      expect(failed.causes[0]).toMatch(/another client/);
      expectNoWiring(failed);
    },
  );

  it('quotes that the device of the server is missing', async () => {
    const address = await server((socket) => socket.end('Device open failure: Value or file not found\r\n'));
    const failed = expectFailure(await doctor(['-p', `tcp://${address}`]), 'open', 3, ['at']);
    expect(failed.found).toContain('Device open failure');
    expect(failed.causes[0]).toMatch(/device .* does not exist there/);
  });

  it('quotes what a server says in the middle', async () => {
    const address = await server((socket) => {
      socket.once('data', () => socket.end('\r\nOK\r\nkicked off, new user is coming\r\n'));
    });
    const failed = expectFailure(await doctor(['-p', `tcp://${address}`]), 'at', 3, ['echo']);
    expect(failed.found).toContain('"kicked off, new user is coming"');
    expect(failed.facts).toMatchObject({ said: 'kicked off, new user is coming' });
    expectNoWiring(failed);
  });

  it.each([
    ['rfc2217', [255, 253, 44]],
    ['telnet', [255, 251, 1]],
  ])('names %s:// for a server that speaks it', async (scheme, greeting) => {
    const address = await server((socket) => socket.write(Buffer.from(greeting)));
    const failed = expectFailure(await doctor(['-p', `tcp://${address}`]), 'open', 3, ['at']);
    expect(failed.next[0]).toBe(`give the URL that fits: -p ${scheme}://${address}`);
    expectNoWiring(failed);
  });

  it('takes a password prompt for that of the server', async () => {
    const address = await server((socket) => {
      socket.write('\r\nPassword: ');
      socket.on('data', () => socket.write('\r\nPassword: '));
    });
    const failed = expectFailure(await doctor(['-p', `tcp://${address}`, ...QUICK]), 'at', 4, ['echo']);
    expect(failed.found).toContain('asks for a login or a password');
    expectNoWiring(failed);
  });

  it('takes words that are no answer for those of the server', async () => {
    const address = await server((socket) => socket.write('SSH-2.0-OpenSSH_9.2p1\r\n'));
    const failed = expectFailure(await doctor(['-p', `tcp://${address}`, ...QUICK]), 'at', 4, ['echo']);
    expect(failed.found).toContain('SSH-2.0-OpenSSH');
    expectNoWiring(failed);
  });

  it('still speaks of the wires when nothing comes', async () => {
    const address = await server(() => {});
    const failed = expectFailure(await doctor(['-p', `tcp://${address}`, ...QUICK]), 'at', 4, ['echo']);
    expect(failed.causes.join()).toMatch(WIRING);
  });

  it.each([
    'telnet://h',
    'telnet://h:1?baudRate=9600',
    'rfc2217://h:1?baudRate=fast',
    'rfc2217://h:1?xon=true',
  ])('refuses %s as wrong usage', async (url) => {
    const { runCli } = await import('../run-cli.js');
    expect(await runCli(['doctor', '-p', url])).toMatchObject({ code: 2 });
  });

  describe.skipIf(!hasSer2net || !hasPty)('that is ser2net', () => {
    it('says which rate the server has, and finds that of the module', async () => {
      const line = await openRatedLine(57_600);
      closers.push(() => line.close());
      const { addresses, stop } = await startSer2net([{ accepter: RFC2217, device: line.path }]);
      closers.push(stop);
      const url = `rfc2217://${addresses[0]}`;
      const wrong = await doctor(['-p', url, '--start-timeout', '2', '--registration-timeout', '0.1']);
      expect(stepOf(wrong, 'open')).toMatchObject({ status: 'ok', found: 'it is open, 115200 bit/s' });
      const failed = stepOf(wrong, 'at');
      expect(failed).toMatchObject({
        status: 'fail',
        found: 'the module answers at 57600 bit/s, not at 115200',
      });
      expect(failed.next[0]).toBe(`give the rate: -p '${url}?baudRate=57600'`);
      expect(stepOf(wrong, 'model').status).toBe('ok');
      const right = await doctor(['-p', `${url}?baudRate=57600`, '--registration-timeout', '0.1']);
      expect(stepOf(right, 'at')).toMatchObject({ status: 'ok', facts: { baudRate: 57_600 } });
    });

    it('quotes ser2net to a second client', async () => {
      const pty = await openPty();
      closers.push(() => pty.close());
      const { addresses, stop } = await startSer2net([{ accepter: RFC2217, device: pty.path }]);
      closers.push(stop);
      const first = await openTransport(`telnet://${addresses[0]}`);
      closers.push(async () => {
        const { closed } = endings(first);
        first.destroy();
        await closed;
      });
      for (const scheme of ['telnet', 'rfc2217']) {
        const failed = expectFailure(await doctor(['-p', `${scheme}://${addresses[0]}`]), 'open', 3, ['at']);
        expect(failed.found).toContain('"Port already in use"');
        expectNoWiring(failed);
      }
    });
  });
});
