import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dotNames } from '../../../src/cli/console/dot/dot-names.js';
import { hasTmux } from '../../helpers/tmux.js';
import { gather, startWorld } from '../world.js';
import { afterwards, consoleIn, leavesSane, testFolder, type } from './console-terminal.js';

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
    await terminal.shows(/the module does not answer Esc: it still waits for 2 bytes/);
    await terminal.shows(/^data 3\/5> *$/m);
    await type(terminal, 'C-c');
    await terminal.shows(/filled up with 2 bytes[\s\S]*message 2: sent and acknowledged[\s\S]*^at> *$/m);
    await type(terminal, 'AT+CSQ', 'Enter');
    await terminal.shows(/-59 dBm, good/);
    await type(terminal, 'C-c');
    await terminal.shows(/Ctrl-C once more leaves/);
    await leavesSane(terminal, 'C-c', 130);
  });

  it('takes what was typed ahead, a payload among it, in its order', async () => {
    const { to, broker, commands } = await startWorld();
    const { all } = await gather(broker, 'up/x', 1);
    const terminal = await consoleIn(to);
    const lines = ['AT+LMQTTOPEN=0,"broker.example",1883', 'AT+LMQTTCONN=0,"me"'];
    for (const line of lines) {
      await type(terminal, line, 'Enter');
      await terminal.shows(/(?:is open|accepted the session)\nat> *$/m);
    }
    const ahead = ['AT+LMQTTPUB=0,1,1,0,"up/x",5', 'hello', 'AT+CSQ'];
    await type(terminal, ...ahead.flatMap((line) => [line, 'Enter']));
    await terminal.shows(/-59 dBm, good/);
    expect((await all)[0]?.payload.toString()).toBe('hello');
    expect(await terminal.screen()).not.toContain('too many');
    expect(commands.slice(2)).toEqual(['AT+LMQTTPUB=0,1,1,0,"up/x",5', 'AT+CSQ']);
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
    afterwards(async () => server.close());
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
    await type(terminal, 'C-c');
    await terminal.shows(/no answer to Esc so far; Ctrl-C gives the command up/);
    await type(terminal, 'C-c');
    await terminal.shows(/given up[\s\S]*^at> *$/m);
    await type(terminal, 'C-c');
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
    expect(await readFile(join(testFolder(), 'atmqtt', 'history'), 'utf8')).toBe(
      'AT+CSQ\nAT+CEREG?\nAT+CGMM\n',
    );
    const second = await consoleIn(to);
    await type(second, 'C-r', 'ce');
    await second.shows(/^search "ce": AT\+CEREG\?$/m);
    await type(second, 'Enter');
    await second.shows(/registered with the home network/);
    await type(second, 'Up', 'Up', 'Up', 'Enter');
    await second.shows(/-59 dBm/);
    expect(commands.slice(-2)).toEqual(['AT+CEREG?', 'AT+CSQ']);
  });

  it('holds back a command with quotes of a text program, tells what is right, and sends it at Up and Enter', async () => {
    const { to, commands } = await startWorld();
    const terminal = await consoleIn(to, { columns: 160 });
    await type(terminal, 'AT+LMQTTCONN', 'Space', '=0,“me”,“u”,“TopSecret”', 'Enter');
    const screen = await terminal.shows(/^\* not sent: [\s\S]*press Up and Enter to send that/m);
    expect(screen).toMatch(/straight double quotes[\s\S]*Probably meant: AT\+LMQTTCONN=0,"me","u","\*\*\*"/);
    expect(screen).not.toMatch(/\* .*TopSecret/);
    expect(commands).toEqual([]);
    await type(terminal, 'Up', 'Enter');
    await terminal.shows(/\bERROR\b/);
    expect(commands).toEqual(['AT+LMQTTCONN=0,"me","u","TopSecret"']);
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
      /host +name or address, 1–100 bytes[\s\S]*limits +answer 5 s, result 180 s[\s\S]*source +lmqtt.md 3 \[M\]/,
    );
    await type(terminal, 'C-c', '.conect', 'Enter');
    await terminal.shows(/did you mean \.connect\?/);
    await type(terminal, '.disc', 'Tab');
    await terminal.shows(/^at> \.disconnect /m);
  });

  it('has a help that fits a terminal', async () => {
    const { to } = await startWorld();
    const terminal = await consoleIn(to, { rows: 50 });
    await type(terminal, '.help', 'Enter');
    const screen = await terminal.shows(/AT\+LMQTTOPEN \? shows fields[\s\S]*^at> *$/m);
    for (const name of dotNames()) expect(screen).toMatch(new RegExp(`^ {2}\\${name} +\\S.{10}`, 'm'));
    expect(screen).toMatch(/^ {2}Ctrl-D +leave$/m);
    expect(Math.max(...screen.split('\n').map((line) => line.length))).toBeLessThan(100);
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
});
