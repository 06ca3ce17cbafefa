import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SimulatedModem } from '../../../src/simulator/simulated-modem.js';
import { hasPty, openPty } from '../../helpers/pty.js';
import { hasTmux } from '../../helpers/tmux.js';
import { startWorld } from '../world.js';
import { afterwards, consoleIn, leavesSane, testFolder, type } from './console-terminal.js';

describe.skipIf(!hasTmux)('the port of a console in a terminal', () => {
  it('waits longer than the limit when the module is silent, until Ctrl-C', async () => {
    const { to } = await startWorld({ faults: ['silent'] });
    const terminal = await consoleIn(to);
    await type(terminal, 'AT', 'Enter');
    await terminal.shows(/no answer within 5 s; still waiting, Ctrl-C gives it up\nat…> *$/m);
    await type(terminal, 'C-c');
    await terminal.shows(/given up\nat> *$/m);
    await type(terminal, 'C-c');
    await leavesSane(terminal, 'C-c', 130);
  });

  it('shows bytes that are no lines, as at a wrong baud rate', async () => {
    const { to, modem } = await startWorld();
    const terminal = await consoleIn(to);
    modem.emitBytes(Buffer.from([0xfe, 0x80, 0x1b, 0x5b, 0x32, 0x4a]));
    await terminal.shows(/\\xfe\\x80\\x1b\[2J\n +no line end yet/);
  });

  it('says that the port is gone and back, in the prompt too, and goes on', async () => {
    const { to, modem } = await startWorld();
    const terminal = await consoleIn(to);
    await modem.unplug();
    await terminal.shows(/the port is gone[\s\S]*^no port> *$/m);
    await modem.plugIn();
    await terminal.shows(/the port is back[\s\S]*^at> *$/m);
    await type(terminal, 'AT+CSQ', 'Enter');
    await terminal.shows(/-59 dBm, good/);
  });

  it('takes several lines at once, a payload among them, and wraps long ones', async () => {
    const { to, commands } = await startWorld();
    const terminal = await consoleIn(to, { columns: 40 });
    const script = join(testFolder(), 'net.at');
    await writeFile(script, 'AT+CEREG?\nexpect 0,1\n');
    await type(terminal, `.run ${script}`, 'Enter', '.macro m = AT+CSQ', 'Enter', '.macro m', 'Enter');
    await terminal.shows(/-59 dBm, good/);
    await terminal.shows(/pass {4}1/);
    expect(commands).toEqual(['AT+CEREG?', 'AT+CSQ']);
  });

  it.skipIf(!hasPty)('works on a serial port, at another baud rate too', async () => {
    const pty = await openPty();
    afterwards(() => pty.close());
    const modem = await SimulatedModem.start({ seed: 1, listen: 'tcp://127.0.0.1:0' });
    afterwards(() => modem.close());
    const socket = connect(Number(new URL(modem.url).port), '127.0.0.1');
    afterwards(async () => socket.destroy());
    socket.on('error', () => {});
    pty.stream.pipe(socket).pipe(pty.stream);
    const terminal = await consoleIn(['-p', pty.path], { columns: 160 });
    await type(terminal, 'AT+CSQ', 'Enter');
    await terminal.shows(/-59 dBm, good/);
    await type(terminal, '.baud 9600', 'Enter');
    await terminal.shows(/the port is open at 9600 baud/);
    await type(terminal, 'AT+CGMM', 'Enter');
    await terminal.shows(/NT26-KCN/);
    await leavesSane(terminal, 'C-d', 0);
  });

  it('offers what the module lists with AT+CLAC, and asks for it once', async () => {
    const lines: string[] = [];
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.on('data', (bytes) => {
        lines.push(bytes.toString());
        socket.write(bytes.includes('CLAC') ? '\r\nAT+CSQ\r\nAT+QXYZZY\r\n\r\nOK\r\n' : '\r\nOK\r\n');
      });
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    afterwards(async () => server.close());
    const terminal = await consoleIn(['-p', `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`]);
    await type(terminal, 'AT+Q');
    // The first one asks; the answer counts from the next one on.
    do await terminal.press('Tab');
    while (!/^at> AT\+QXYZZY$/m.test(await terminal.screen()));
    await type(terminal, 'Enter');
    await terminal.shows(/OK/);
    expect(lines).toEqual(['AT+CLAC\r\n', 'AT+QXYZZY\r\n']);
  });

  it('gets a session with a broker back behind a lost port', async () => {
    const { to, modem } = await startWorld();
    const terminal = await consoleIn(to, { columns: 200 });
    await type(terminal, '.connect -i me', 'Enter');
    await terminal.shows(/^mqtt> *$/m);
    await type(terminal, '.sub up/#', 'Enter');
    await terminal.shows(/subscribed to up\/#/);
    await modem.unplug();
    await terminal.shows(/the port is gone[\s\S]*^no port> *$/m);
    await modem.plugIn();
    await terminal.shows(/connected again[\s\S]*^mqtt> *$/m);
    await type(terminal, '.pub -q 1 up/x hello', 'Enter');
    await terminal.shows(/message on up\/x: 5 bytes, hello/);
    await type(terminal, 'AT+CSQ', 'Enter');
    await terminal.shows(/-59 dBm, good/);
    await leavesSane(terminal, 'C-d', 0);
  });
});
