import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasPty, openPty } from '../../helpers/pty.js';
import { farServer } from '../../transport/server/far-server.js';
import { runCli } from '../run-cli.js';
import { gather, startWorld } from '../world.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atmqtt-files-'));
});
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
  await rm(folder, { recursive: true });
});

const closers: (() => Promise<unknown>)[] = [];

function afterwards(close: () => Promise<unknown>): void {
  closers.push(close);
}

async function consoleWith(to: readonly string[], input: string) {
  const { code, stdout, stderr } = await runCli(['console', ...to], {
    input,
    environment: { XDG_STATE_HOME: folder },
  });
  expect(stderr).toBe('');
  return { code, text: stdout.toString() };
}

const OPEN = 'AT+LMQTTOPEN=0,"broker.example",1883\nAT+LMQTTCONN=0,"me"\n';

describe('files in the console', () => {
  it('are sent as the payload behind a prompt, byte for byte', async () => {
    const { to, broker } = await startWorld();
    const payload = Buffer.from([0, 1, 0x0d, 0x0a, 0x1a, 0x1b, 0xff, 0x22]);
    const file = join(folder, 'pay load.bin');
    await writeFile(file, payload);
    const { all } = await gather(broker, 'up/x', 1);
    const { text } = await consoleWith(to, `${OPEN}.send "${file}" AT+LMQTTPUB=0,1,1,0,"up/x",8\nAT+CSQ\n`);
    expect((await all)[0]?.payload).toEqual(payload);
    expect(text).toContain('the payload is');
    expect(text).toContain('-59 dBm, good');
  });

  it('are refused when the command line announces another length, or they cannot be read', async () => {
    const { to, commands } = await startWorld();
    const file = join(folder, 'payload');
    await writeFile(file, 'hello');
    const lines = [
      `.send ${file} AT+LMQTTPUB=0,1,1,0,"up/x",8`,
      '.send /no/such/file',
      `.send ${folder}`,
      '.send',
      ...(process.platform === 'linux' ? ['.send /dev/zero'] : []),
    ];
    const { text } = await consoleWith(to, `${lines.join('\n')}\n`);
    expect(text).toContain('payload has 5 bytes, the command line announces 8');
    expect(text).toMatch(/cannot read \/no\/such\/file: ENOENT/);
    expect(text).toMatch(/cannot read .*: EISDIR/);
    expect(text).toContain('a file is missing; usage: .send <file> [command line]');
    if (process.platform === 'linux')
      expect(text).toMatch(/"\/dev\/zero", but must be at most 1048576 bytes/);
    expect(commands).toEqual([]);
  });

  it('go out as they are without a command line', async () => {
    const { to, commands } = await startWorld();
    const file = join(folder, 'lines');
    await writeFile(file, 'AT+CSQ\r\n');
    const { text } = await consoleWith(to, `.send ${file}\nAT+CEREG?\n`);
    expect(text).toContain(`8 bytes of ${file} were written to the port`);
    expect(commands).toEqual(['AT+CSQ', 'AT+CEREG?']);
  });

  it('hold a payload with line ends that its command line counts', async () => {
    const { to, broker } = await startWorld();
    const payload = 'first\r\nsecond "line"\r\n';
    const file = join(folder, 'lines');
    await writeFile(file, `AT+LMQTTPUB=0,1,1,0,"up/x",${payload.length},"${payload}"\r\n`);
    const { all } = await gather(broker, 'up/x', 1);
    const { text } = await consoleWith(to, `${OPEN}.send ${file}\nAT+CSQ\n`);
    expect((await all)[0]?.payload.toString()).toBe(payload);
    expect(text).toContain(String.raw`"up/x",22,"first\r\nsecond "line"\r\n"`);
    expect(text).not.toContain('> second');
  });

  it('hold what was shown, without secrets, in a log', async () => {
    const { to } = await startWorld();
    const file = join(folder, 'log');
    const lines = [`.log ${file}`, 'AT+CPIN=‘TopSecret’', 'AT+CSQ', '.hex maybe', '.log off', 'AT+CEREG?'];
    const { text } = await consoleWith(to, `${lines.join('\n')}\n`);
    expect(text).toContain(`the log goes to ${file}`);
    const log = await readFile(file, 'utf8');
    expect(log).toMatch(/^# \d{4}-/);
    expect(log).toMatch(/^\d\d:\d\d:\d\d\.\d{3} > AT\+CSQ$/m);
    expect(log).toMatch(/-59 dBm, good/);
    expect(log).toMatch(/^\* what is maybe\?/m);
    expect(log).not.toMatch(/TopSecret|CEREG/);
    expect(text).not.toContain('TopSecret');
    expect(text).toMatch(/straight double quotes.*Probably meant: AT\+CPIN=\*\*\*/);
  });
});

describe('the control lines', () => {
  it('are switched and shown through a serial server', async () => {
    // RFC 2217 3: SET-CONTROL is 5, with 8 and 9 for DTR on and off, 11 and 12 for RTS, 5 and 6 for break, 7 and 10 for
    // the questions; answers have 100 more.
    const state = { dtr: 8, rts: 12 };
    const far = await farServer({
      comPort: true,
      answer: ([option = 0, value = 0, ...rest]) => {
        if (option === 5 && (value === 8 || value === 9)) state.dtr = value;
        if (option === 5 && (value === 11 || value === 12)) state.rts = value;
        const told = option !== 5 ? value : value === 7 ? state.dtr : value === 10 ? state.rts : value;
        return [option + 100, told, ...rest];
      },
    });
    afterwards(() => far.close());
    const lines = ['.dtr off', '.dtr pulse', '.rts on', '.break 20', '.lines', '.dtr', '.break x'];
    const { text } = await consoleWith(['-p', `rfc2217://${far.address}`], `${lines.join('\n')}\n`);
    expect(text).toContain('DTR is off');
    expect(text).toContain('DTR was off for a moment, and is on again');
    expect(text).toContain('RTS is on');
    expect(text).toContain('a break of 20 ms was sent');
    expect(text).toMatch(/^DTR on {3}RTS on {3}CTS unknown {3}DSR unknown/m);
    expect(text).toContain('DTR on or off?; usage: .dtr on|off|pulse');
    expect(text).toMatch(/break is x, but/);
    const controls = far.heard.filter(
      (item) => typeof item !== 'string' && item.length === 2 && item[0] === 5,
    );
    const sequence = controls.map((item) => Number(item[1])).join(' ');
    expect(sequence).toMatch(/9 9 8 11 5 6 7 10$/);
  });

  it.skipIf(!hasPty)('are missing on a pseudo-terminal, which is said', async () => {
    const pty = await openPty();
    afterwards(() => pty.close());
    const { text } = await consoleWith(['-p', pty.path], '.dtr off\n.lines\n.break\n');
    expect(text.match(/has no control lines \(DTR, RTS, break\)/g)).toHaveLength(3);
  });
});
