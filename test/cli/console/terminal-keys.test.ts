import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasTmux } from '../../helpers/tmux.js';
import { runCli } from '../run-cli.js';
import { startWorld } from '../world.js';
import { afterwards, consoleIn, leavesSane, testFolder, type } from './console-terminal.js';

/** Something on a TCP port that reads bytes and says what the test wants. */
async function peer(onBytes: (received: string, socket: Socket) => void) {
  let received = '';
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      received += bytes.toString('latin1');
      onBytes(bytes.toString('latin1'), socket);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  afterwards(async () => server.close());
  const { port } = server.address() as AddressInfo;
  return { to: ['-p', `tcp://127.0.0.1:${port}`], received: () => received };
}

describe.skipIf(!hasTmux)('the keys of the console', () => {
  it('show no echo of a slow module as noise', async () => {
    const { to } = await peer((bytes, socket) => {
      socket.write(bytes.replace('\r\n', '\r'));
      setTimeout(() => socket.write('\r\n+CSQ: 27,99\r\n\r\nOK\r\n'), 700);
    });
    const terminal = await consoleIn(to);
    await type(terminal, 'AT+CSQ', 'Enter');
    const screen = await terminal.shows(/\bOK\nat> *$/m);
    expect(screen).not.toMatch(/no line end yet|\\r/);
    expect(screen.match(/AT\+CSQ/g)).toHaveLength(1);
  });

  it('show what stands behind an echo, or is none', async () => {
    const { to } = await peer((bytes, socket) => socket.write(bytes.replace('\r\n', '\r\r\nlogin: ')));
    const terminal = await consoleIn(to);
    await type(terminal, 'AT+CSQ', 'Enter');
    await terminal.shows(/login: *\n +no line end yet/);
  });

  it('send nothing for a question, also at Enter', async () => {
    const { to, commands } = await startWorld();
    const terminal = await consoleIn(to);
    await type(terminal, 'AT+LMQTTCLOSE', 'Space', '?');
    await terminal.shows(/source +lmqtt.md 3 \[M\]/);
    await type(terminal, 'Enter', 'AT+CSQ', 'Enter');
    const screen = await terminal.shows(/-59 dBm, good/);
    expect(commands).toEqual(['AT+CSQ']);
    expect(screen.match(/source +lmqtt\.md/g)).toHaveLength(1);
  });

  it('leave at the second Ctrl-C only, and not with another key in between', async () => {
    const { to } = await startWorld();
    const terminal = await consoleIn(to);
    await type(terminal, 'C-c');
    await terminal.shows(/Ctrl-C once more leaves/);
    await type(terminal, 'A', 'C-c', 'C-c');
    await terminal.shows(/once more leaves[\s\S]*once more leaves/);
    await leavesSane(terminal, 'C-c', 130);
  });

  it('lead out of a payload with Esc where the module knows it', async () => {
    const { to, received } = await peer((bytes, socket) => {
      if (bytes.includes('LMQTTPUB')) socket.write('\r\n> ');
      if (bytes.includes('\x1b')) socket.write('\r\nERROR\r\n');
      if (bytes.includes('CSQ')) socket.write('\r\n+CSQ: 27,99\r\n\r\nOK\r\n');
    });
    const terminal = await consoleIn(to);
    await type(terminal, 'AT+LMQTTPUB=0,1,1,0,"t",50', 'Enter');
    await terminal.shows(/^data 0\/50> *$/m);
    await type(terminal, 'half', 'C-c');
    await terminal.shows(/Esc asks the module to forget the payload[\s\S]*ERROR[\s\S]*^at> *$/m);
    await type(terminal, 'AT+CSQ', 'Enter');
    await terminal.shows(/-59 dBm, good/);
    expect(received()).not.toContain('half');
    await leavesSane(terminal, 'C-d', 0);
  });

  it('send the escape sequence without a line end', async () => {
    const { to, received } = await peer((bytes, socket) => {
      if (bytes.includes('+++')) socket.write('\r\nOK\r\n');
      if (bytes.includes('CSQ')) socket.write('\r\n+CSQ: 27,99\r\n\r\nOK\r\n');
    });
    const terminal = await consoleIn(to);
    await type(terminal, '+++', 'Enter');
    await terminal.shows(/^at> \+\+\+\n[\s\S]*\bOK\nat> *$/m);
    expect(received()).toBe('+++');
    await type(terminal, 'AT+CSQ', 'Enter');
    const screen = await terminal.shows(/-59 dBm, good/);
    expect(screen).not.toContain('+++AT');
  });

  it('fill the history with different lines', async () => {
    const { to } = await startWorld();
    const terminal = await consoleIn(to);
    for (const round of [1, 2, 3]) {
      await type(terminal, 'AT', 'Space', 'Enter');
      await terminal.shows(new RegExp(`(?:at> AT[\\s\\S]*?\\bOK\\n){${round}}at> *\\n`));
    }
    await type(terminal, 'AT+CSQ', 'Enter');
    await terminal.shows(/-59 dBm, good/);
    await leavesSane(terminal, 'C-d', 0);
    expect(await readFile(join(testFolder(), 'atmqtt', 'history'), 'utf8')).toBe('AT\nAT+CSQ\n');
  });

  it('break lines between words', async () => {
    const { to } = await startWorld();
    const terminal = await consoleIn(to, { columns: 80, rows: 90 });
    await type(terminal, '.help', 'Enter');
    const screen = await terminal.shows(/source of a\s+command\.[\s\S]*^at> *$/m);
    const { stdout } = await runCli(['console', ...to], { input: '.help\n' });
    const words = (text: string) => text.trim().split(/\s+/);
    const shown = screen.slice(screen.indexOf('What you type'), screen.lastIndexOf('at>'));
    expect(words(shown)).toEqual(words(stdout.toString()));
    // What goes on stands below the text of its row.
    expect(shown).toMatch(/^ {2}\.macro +list, run.*\n {15}AT\+CEREG\?$/m);
  });

  it('say where a port has no control lines', async () => {
    const { to } = await startWorld();
    const terminal = await consoleIn(to, { columns: 160 });
    await type(terminal, '.lines', 'Enter');
    await terminal.shows(/this port has no control lines \(DTR, RTS, break\)/);
    await type(terminal, '.dtr maybe', 'Enter');
    await terminal.shows(/what is maybe\?; usage: \.dtr on\|off\|pulse/);
  });
});
