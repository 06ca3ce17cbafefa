import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli, startCli } from '../run-cli.js';
import { gather, startWorld } from '../world.js';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atmqtt-console-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

function environment(): Record<string, string> {
  return { XDG_STATE_HOME: folder, HOME: folder };
}

async function consoleWith(to: readonly string[], input: string, ...options: string[]) {
  const { code, stdout, stderr } = await runCli(['console', ...to, ...options], {
    input,
    environment: environment(),
  });
  return { code, text: stdout.toString(), stderr };
}

describe('the console through a pipe', () => {
  it('runs line after line, each to its answer, and ends behind the last one', async () => {
    const { to, commands } = await startWorld();
    const { code, text, stderr } = await consoleWith(to, 'AT+CSQ\nAT+CEREG?\nAT+CFOO');
    expect(commands).toEqual(['AT+CSQ', 'AT+CEREG?', 'AT+CFOO']);
    expect(text).toBe(
      [
        '> AT+CSQ',
        '  signal strength?',
        '+CSQ: 27,99',
        '  -59 dBm, good',
        'OK',
        '> AT+CEREG?',
        '  registered with a network?',
        '+CEREG: 0,1',
        '  registered with the home network',
        'OK',
        '> AT+CFOO',
        'ERROR',
        '  refused, without a reason',
        '',
      ].join('\n'),
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('waits for results, and takes a line as payload behind a prompt', async () => {
    const { to, broker } = await startWorld();
    const { all } = await gather(broker, 'up/x', 2);
    const lines = [
      'AT+LMQTTOPEN=0,"broker.example",1883',
      'AT+LMQTTCONN=0,"me"',
      'AT+LMQTTPUB=0,1,1,0,"up/x",5',
      'hello',
      '.hex on',
      'AT+LMQTTPUB=0,2,1,0,"up/x",3',
      '00 1a ff',
    ];
    const { code, text } = await consoleWith(to, lines.join('\n'));
    expect((await all).map(({ payload }) => payload.toString('hex'))).toEqual(['68656c6c6f', '001aff']);
    expect(text).toContain('  5 bytes are wanted\n> 5 bytes, hello\nOK\n');
    expect(text).toContain('  message 2: sent and acknowledged\n');
    expect(code).toBe(0);
  });

  it('connects, subscribes and publishes with words of MQTT', async () => {
    const { to, broker } = await startWorld();
    const { all } = await gather(broker, 'up/x', 1);
    const input =
      '.connect -i meter-7\n.sub -q 1 up/#\n.pub -q 1 -r up/x {"t": "21.5  C"}\nAT+CSQ\n.disconnect\nAT\n';
    const { code, text, stderr } = await consoleWith(to, input);
    const [message] = await all;
    expect(message?.payload.toString()).toBe('{"t": "21.5  C"}');
    expect(message?.qos).toBe(1);
    expect(text).toMatch(/^\* session: connected to mqtt:\/\/broker\.example$/m);
    expect(text).toMatch(/^> AT\+LMQTTCONN=0,"meter-7"$/m);
    expect(text).toMatch(/^\* published 16 bytes to up\/x, acknowledged by the broker$/m);
    expect(text).toMatch(/^\+CSQ: 27,99\n {2}-59 dBm, good\nOK$/m);
    expect(text.trimEnd()).toMatch(/\* disconnected; the port is used raw\n> AT\n {2}are you there\?\nOK$/);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('has no escape codes, and none of the module get through', async () => {
    const { to, modem } = await startWorld();
    modem.on('command', () => modem.emitLine('+EVIL: \x1b[2J\x07'));
    const { text } = await consoleWith(to, 'AT+CSQ\nAT+LMQTTCONN?\n.status\n.help\n.help at\n');
    expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f]/);
    expect(text).toContain('+EVIL: \\x1b[2J\\x07');
    expect(text).toMatch(/^IMEI +861326070275653$/m);
    expect(text).toMatch(/^session +none: the port is used raw; the module says: initialising, no session$/m);
  });

  it('prints one JSON object a line with --json', async () => {
    const { to } = await startWorld();
    const { text } = await consoleWith(to, 'AT+CSQ\n.time off\n', '--json');
    const records = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(records).toMatchObject([
      { role: 'command', text: 'AT+CSQ', words: 'signal strength?' },
      { role: 'echo', text: 'AT+CSQ' },
      { role: 'response', text: '+CSQ: 27,99', words: '-59 dBm, good' },
      { role: 'ok', text: 'OK' },
      { note: 'time stamps: off' },
    ]);
    for (const { time } of records) expect(time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });

  it('tells a silent module with its exit code, and goes on', async () => {
    const { to, modem, commands } = await startWorld({ faults: ['lost-ok'] });
    modem.on('command', (line) => {
      if (line === 'AT') modem.faults.off('lost-ok');
    });
    const { code, text } = await consoleWith(to, 'AT+CSQ\nAT\n');
    expect(text).toContain('+CSQ: 27,99\n  -59 dBm, good\n* no answer within 5 s\n> AT\n');
    expect(commands).toEqual(['AT+CSQ', 'AT']);
    expect(code).toBe(4);
  });

  it('never shows a secret, nor traces it', async () => {
    const { to } = await startWorld();
    const trace = join(folder, 'session.trace');
    const input = [
      `.trace ${trace}`,
      'AT+LMQTTCFG="aliauth",0,"pk","dn","TopSecretOne"',
      'AT+LMQTTCONN=0,"id","user","TopSecretTwo"',
      '.hex on',
      '.connect -i x -u me -P TopSecretThree',
      '.connect -i x -u me -P TopSecretFour --frob',
      '.macro pin = AT+CPIN=TopSecretFive',
    ];
    const { text, stderr } = await consoleWith(to, input.join('\n'));
    const state = await readFile(join(folder, 'atmqtt', 'macros.json'), 'utf8');
    const traced = await readFile(trace, 'utf8');
    expect(text).toContain('"***"');
    expect(traced).toContain('"***"');
    for (const shown of [text, stderr, state, traced]) expect(shown).not.toContain('TopSecret');
  });

  it('says once that the port is gone, and once that it is back', async () => {
    const { to, modem } = await startWorld();
    const running = startCli(['console', ...to], environment());
    running.process.stdin.write('AT+CSQ\n');
    await running.shows('stdout', /^OK$/m);
    await modem.unplug();
    await running.shows('stdout', /^\* the port is gone: .*; waiting for it$/m);
    await modem.plugIn();
    await running.shows('stdout', /^\* the port is back$/m);
    running.process.stdin.end('AT+CGMM\n');
    const { code, stdout } = await running.finished();
    const text = stdout.toString();
    expect(text).toMatch(/NT26-KCN\n {2}model\nOK\n$/);
    expect(text.match(/the port is gone/g)).toHaveLength(1);
    expect(text.match(/the port is back/g)).toHaveLength(1);
    expect(code).toBe(0);
  });

  it('ends in order at an interruption', async () => {
    const { to } = await startWorld();
    const running = startCli(['console', ...to], environment());
    running.process.stdin.write('AT\n');
    await running.shows('stdout', /^OK$/m);
    running.process.kill('SIGINT');
    await once(running.process, 'exit');
    expect(running.process.exitCode).toBe(130);
  });

  it('names what cannot be', async () => {
    const { to } = await startWorld();
    const input = '.conect\n.pub up/x 1\n.baud 9600\n.hex maybe\n.run /no/such/file\n.macro nothing\n';
    const { code, text } = await consoleWith(to, input);
    expect(text.trimEnd().split('\n')).toEqual([
      '* there is no command .conect; did you mean .connect?',
      '* there is no session with a broker: .connect makes one',
      '* the baud rate of a tcp: port cannot be set from here: set it in the serial server, or use rfc2217://',
      '* what is maybe?; usage: .hex [on|off]',
      '* cannot read "/no/such/file": no such file or directory',
      expect.stringMatching(/^\* there is no macro nothing; usage/),
    ]);
    expect(code).toBe(0);
  });

  it('keeps macros from one run to the next, and runs them', async () => {
    const { to, commands } = await startWorld();
    await consoleWith(to, '.macro net = AT+CEREG?; AT+CSQ\n');
    const script = join(folder, 'a.at');
    await writeFile(script, 'AT+CGMM\nexpect NT26\n');
    const { text } = await consoleWith(to, `.macro net\n.run ${script}\n`);
    expect(commands).toEqual(['AT+CEREG?', 'AT+CSQ', 'AT+CGMM']);
    expect(text).toMatch(/^\* pass {4}1 {2}AT\+CGMM {2}\d+ ms$/m);
  });

  it('lists macros without their secrets', async () => {
    const { to } = await startWorld();
    const { text } = await consoleWith(to, '.macro con = AT; .connect -P Hunter22 -u u\n.macro\n');
    expect(text).toMatch(/^con {2}AT; \.connect -P \*\*\* -u u$/m);
    expect(text).not.toContain('Hunter22');
  });

  it('counts a line as not answered when the module restarts behind it', async () => {
    const { to, modem } = await startWorld({ faults: ['lost-ok'] });
    modem.once('command', () => modem.emitBytes(Buffer.from('\r\nRDY\r\n')));
    const { code, text } = await consoleWith(to, 'AT+CSQ\n');
    expect(text).toContain('the module restarted: it sent "RDY"');
    expect(code).toBe(4);
  });
});
