import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SimulatedModem } from '../../../src/simulator/simulated-modem.js';
import { hasPty, openPty } from '../../helpers/pty.js';
import { hasTmux, openTerminal, type Terminal, type TerminalOptions } from '../../helpers/tmux.js';
import { startWorld } from '../world.js';

const BIN = fileURLToPath(new URL('../../../bin/atmqtt.js', import.meta.url));

/** Compares what `stty` says before and behind the command. */
const SHELL = 'stty -a > "$0/before"; "$@"; code=$?; stty -a > "$0/behind"; exit $code';

let folder = '';
const closers: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atmqtt-console-'));
});

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  await rm(folder, { recursive: true });
});

async function consoleIn(to: readonly string[], options: Partial<TerminalOptions> = {}): Promise<Terminal> {
  const terminal = await openTerminal(['sh', '-c', SHELL, folder, process.execPath, BIN, 'console', ...to], {
    columns: 100,
    rows: 40,
    ...options,
    environment: { XDG_STATE_HOME: folder, ...options.environment },
  });
  closers.push(() => terminal.close());
  await terminal.shows(/^at> *$/m);
  return terminal;
}

async function type(terminal: Terminal, ...keys: string[]): Promise<void> {
  for (const key of keys) await terminal.press(key);
}

/** Leaves, and proves that the terminal is as it was. */
async function leavesSane(terminal: Terminal, key: string, code: number): Promise<void> {
  await terminal.press(key);
  expect(await terminal.exitCode()).toBe(code);
  const [before, behind] = await Promise.all(
    ['before', 'behind'].map((name) => readFile(join(folder, name), 'utf8')),
  );
  expect(before).toMatch(/\bicanon\b/);
  expect(behind).toBe(before);
  expect(await terminal.cursorShown()).toBe(true);
}

describe.skipIf(!hasTmux)('the console in a terminal', () => {
  it('shows answers with time and meaning, in colours, and none with NO_COLOR', async () => {
    const { to } = await startWorld();
    const terminal = await consoleIn(to);
    await type(terminal, 'AT+CSQ', 'Enter');
    const screen = await terminal.shows(/\bOK\nat> *$/m);
    expect(screen).toMatch(
      /^at> AT\+CSQ\n +signal strength\?\n\d\d:\d\d:\d\d\.\d{3} \+CSQ: 27,99\n +-59 dBm, good\n\d\d:\d\d:\d\d\.\d{3} OK$/m,
    );
    // 32: green foreground, 2: faint; ECMA-48 8.3.117.
    const looks = await terminal.screen({ escapes: true });
    expect(looks).toMatch(/\x1b\[[\d;]*32m[^\n]*OK/);
    expect(looks).toMatch(/\x1b\[[\d;]*2m-59 dBm, good/);
    await leavesSane(terminal, 'C-d', 0);
    const plain = await consoleIn(to, { environment: { NO_COLOR: '1' } });
    await type(plain, 'AT+CSQ', 'Enter');
    await plain.shows(/\bOK\nat> *$/m);
    expect(await plain.screen({ escapes: true })).not.toContain('\x1b');
  });

  it('loses neither a URC nor a typed character in a burst of 200 URCs', async () => {
    const { to, modem, commands } = await startWorld();
    const terminal = await consoleIn(to, { rows: 460, columns: 60 });
    const text = `AT+XTEST="${Array.from({ length: 40 }, (_, at) => `w${at}`).join('_')}"`;
    let sent = 0;
    const burst = async () => {
      for (; sent < 200; sent += 1) {
        modem.emitLine(`+XURC: ${sent}`);
        if (sent % 5 === 4) await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const typing = async () => {
      for (const part of text.match(/.{1,8}/g) ?? []) await terminal.press(part);
    };
    await Promise.all([typing(), burst()]);
    const screen = await terminal.shows(/\+XURC: 199[\s\S]*w39"/);
    const urcs = [...screen.matchAll(/\+XURC: (\d+)$/gm)].map(([, number]) => Number(number));
    expect(urcs).toEqual(Array.from({ length: 200 }, (_, number) => number));
    const line = screen.slice(screen.lastIndexOf('at> ')).replace(/\n/g, '').trimEnd();
    expect(line).toBe(`at> ${text}`);
    expect(screen.match(/at> AT/g)).toHaveLength(1);
    await terminal.press('Enter');
    await terminal.shows(/ERROR/);
    expect(commands).toEqual([text]);
  });

  it('keeps the cursor where it is when a URC comes', async () => {
    const { to, modem, commands } = await startWorld();
    const terminal = await consoleIn(to);
    await type(terminal, 'AT+CQ', 'Left');
    modem.emitLine('+CEREG: 5,"1A2B","00C3D4E5",7');
    await terminal.shows(/registered, roaming[\s\S]*^at> AT\+CQ/m);
    await type(terminal, 'S', 'Enter');
    await terminal.shows(/-59 dBm, good/);
    expect(commands).toEqual(['AT+CSQ']);
  });

  it('counts the bytes of a payload, and is sane after Ctrl-C in the middle of it', async () => {
    const { to } = await startWorld();
    const terminal = await consoleIn(to);
    await type(terminal, '.connect -i me', 'Enter');
    await terminal.shows(/^mqtt> *$/m);
    await type(terminal, '.disconnect', 'Enter');
    await terminal.shows(/^at> *$/m);
    await type(terminal, 'AT+LMQTTOPEN=0,"broker.example",1883', 'Enter');
    await terminal.shows(/the connection is open/);
    await type(terminal, 'AT+LMQTTCONN=0,"me"', 'Enter');
    await terminal.shows(/connected: the broker accepted/);
    await type(terminal, 'AT+LMQTTPUB=0,1,1,0,"up/x",5', 'Enter');
    await terminal.shows(/^data 0\/5> *$/m);
    await type(terminal, 'hel');
    await terminal.shows(/^data 3\/5> hel *$/m);
    await type(terminal, 'lo!', 'Enter');
    await terminal.shows(/6 bytes are too many, 5 are wanted/);
    await type(terminal, 'BSpace', 'Enter');
    await terminal.shows(/message 1: sent and acknowledged/);
    await type(terminal, 'AT+LMQTTPUB=0,2,1,0,"up/x",5', 'Enter');
    await terminal.shows(/^data 0\/5> *$/m);
    await type(terminal, 'ab', 'C-c');
    await terminal.shows(/given up; the module may still wait/);
    await type(terminal, 'C-c');
    await leavesSane(terminal, 'C-c', 130);
  });

  it('leaves the terminal sane from within a payload', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.on('data', (bytes) => {
        if (bytes.includes('CMGS')) socket.write('\r\n> ');
        if (bytes.includes(0x1a)) socket.write('\r\n+CMGS: 7\r\n\r\nOK\r\n');
      });
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    closers.push(async () => server.close());
    const { port } = server.address() as AddressInfo;
    const terminal = await consoleIn(['-p', `tcp://127.0.0.1:${port}`]);
    await type(terminal, 'AT+CMGS=5', 'Enter');
    await terminal.shows(/^data 0, Ctrl-Z ends> *$/m);
    await type(terminal, 'one', 'C-z');
    await terminal.shows(/> 4 bytes, 6f 6e 65 1a[\s\S]*\+CMGS: 7[\s\S]*OK\nat> *$/m);
    await type(terminal, 'AT+CMGS=5', 'Enter');
    await terminal.shows(/^data 0, Ctrl-Z ends> *$/m);
    await type(terminal, 'hi');
    await terminal.shows(/^data 2, Ctrl-Z ends> hi$/m);
    await type(terminal, 'C-c', 'C-c');
    await leavesSane(terminal, 'C-c', 130);
  });

  it('searches the history of earlier runs, which holds no secret', async () => {
    const { to, commands } = await startWorld();
    const first = await consoleIn(to);
    for (const line of ['AT+CSQ', 'AT+CEREG?', 'AT+CPIN=TopSecret', 'AT+CGMM']) {
      await type(first, line, 'Enter');
      await first.shows(
        new RegExp(`${line.replace(/[+?]/g, '\\$&')}[\\s\\S]*(?:OK|ERROR[\\s\\S]*)\\n[\\s\\S]*at> *$`, 'm'),
      );
    }
    await leavesSane(first, 'C-d', 0);
    expect(await readFile(join(folder, 'atmqtt', 'history'), 'utf8')).toBe('AT+CSQ\nAT+CEREG?\nAT+CGMM\n');
    const second = await consoleIn(to);
    await type(second, 'C-r', 'ce');
    await second.shows(/^search "ce": AT\+CEREG\?$/m);
    await type(second, 'Enter');
    await second.shows(/registered with the home network/);
    await type(second, 'Up', 'Up', 'Up', 'Enter');
    await second.shows(/-59 dBm/);
    expect(commands.slice(-2)).toEqual(['AT+CEREG?', 'AT+CSQ']);
  });

  it('completes, hints and explains', async () => {
    const { to } = await startWorld();
    const terminal = await consoleIn(to);
    await type(terminal, 'at+lmqtto', 'Tab');
    await terminal.shows(/^at> AT\+LMQTTOPEN=<id>,"<host>",<port> {2}open TCP or TLS to the broker$/m);
    await type(terminal, '0,"h",');
    await terminal.shows(/^at> AT\+LMQTTOPEN=0,"h", {2}<port> 1–65535$/m);
    await type(terminal, 'C-c', 'AT+LMQTTOPEN', 'Space', '?');
    await terminal.shows(
      /host +name or address, 1–100 bytes[\s\S]*limits +answer 5 s, result 180 s[\s\S]*source +dialect section 3 \[M\]/,
    );
    await type(terminal, 'C-c', '.conect', 'Enter');
    await terminal.shows(/did you mean \.connect\?/);
    await type(terminal, '.disc', 'Tab');
    await terminal.shows(/^at> \.disconnect /m);
  });

  it('shows the status at one key', async () => {
    const { to } = await startWorld();
    const terminal = await consoleIn(to);
    await type(terminal, 'AT+C', 'C-t');
    const screen = await terminal.shows(/^port +tcp:/m);
    expect(screen).toMatch(/^IMEI +861326070275653$/m);
    expect(screen).toMatch(/^session +none: the port is used raw/m);
    await terminal.shows(/^at> AT\+C *$/m);
  });

  it('waits longer than the limit when the module is silent, until Ctrl-C', async () => {
    const { to } = await startWorld({ faults: ['silent'] });
    const terminal = await consoleIn(to);
    await type(terminal, 'AT', 'Enter');
    await terminal.shows(/no answer within 5 s; still waiting, Ctrl-C gives it up\nat…> *$/m);
    await type(terminal, 'C-c');
    await terminal.shows(/given up\nat> *$/m);
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
    const script = join(folder, 'net.at');
    await writeFile(script, 'AT+CEREG?\nexpect 0,1\n');
    await type(terminal, `.run ${script}`, 'Enter', '.macro m = AT+CSQ', 'Enter', '.macro m', 'Enter');
    await terminal.shows(/-59 dBm, good/);
    await terminal.shows(/pass {4}1/);
    expect(commands).toEqual(['AT+CEREG?', 'AT+CSQ']);
  });

  it.skipIf(!hasPty)('works on a serial port, at another baud rate too', async () => {
    const pty = await openPty();
    closers.push(() => pty.close());
    const modem = await SimulatedModem.start({ seed: 1, listen: 'tcp://127.0.0.1:0' });
    closers.push(() => modem.close());
    const socket = connect(Number(new URL(modem.url).port), '127.0.0.1');
    closers.push(async () => socket.destroy());
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
});
