import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from './run-cli.js';
import { startWorld } from './world.js';

const PUB = ['-b', 'mqtt://broker.example', '-t', 't', '-m', 'x'];

describe('exit codes and messages', () => {
  it('2: usage', async () => {
    const cases: readonly (readonly [string[], RegExp])[] = [
      [['pub', '-p', 'sim:', '-t', 't'], /nothing to publish: give exactly one of -m, -f, -l, -n, -s/],
      [['pub', '-p', 'sim:', '-t', 't', '-n', '-m', 'x'], /more than one thing to publish/],
      [['pub', '-p', 'sim:', '-t', 'a/#', '-n'], /wildcards/],
      [['pub', '-p', 'sim:', '-t', 't', '-n', '-q', '3'], /It must be 0, 1 or 2/],
      [
        ['pub', '-p', 'sim:', '-t', 't', '-f', '/nonexistent'],
        /^atmqtt: cannot read "\/nonexistent": no such file or directory$/m,
      ],
      [['pub', ...PUB], /no port: give -p/],
      [['sub', '-p', '/dev/x', '-t', 't'], /no broker: give -b/],
      [['sub', '-p', 'sim:', '-t', 't', '-F', '%z'], /"%z", but/],
      [['sub', '-p', 'sim:', '-t', 't', '-F', '%p', '--json'], /"-F and --json exclude each other"/],
      [['sub', '-p', 'sim:', '-t', 't', '--cafile', 'ca.pem'], /certificate .* not public/],
      [['sub', '-p', 'sim:', '-t', 't', '-c'], /-c needs -i/],
      [['sub', '-p', 'sim:', '-t', 't', '--pasword=hunter2'], /unknown option '--pasword=\*\*\*'/],
      [
        ['info', '-p', 'sim:', '--trace', '/nonexistent/trace'],
        /^atmqtt: cannot write "\/nonexistent\/.*": no such file or directory$/m,
      ],
      [['sim', '--tcp', 'x', '--pty', 'y'], /either --tcp host:port or --pty path/],
      [['pub', '-h', 'localhost', '-t', 't', '-m', 'x'], /-h shows help here and takes no host/],
      [['pub', '-p', '1883', ...PUB], /the port of the broker belongs to its URL: -b mqtt:\/\/host:1883/],
      [['info', '-p', 'tcp://h:1', '--baud', '9600'], /the baud rate of a tcp: port cannot be set from here/],
      [['launch'], /unknown command 'launch'/],
    ];
    for (const [args, message] of cases) {
      const { code, stdout, stderr } = await runCli(args);
      expect({ args, code, stdout: String(stdout) }).toEqual({ args, code: 2, stdout: '' });
      expect(stderr).toMatch(message);
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
      expect(stderr).not.toContain('hunter2');
    }
  });

  it('2: a command line without a command shows the help on stderr', async () => {
    const { code, stdout, stderr } = await runCli([]);
    expect({ code, stdout: String(stdout) }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^Usage: atmqtt /);
  });

  it('3: there is no such port', async () => {
    const { code, stderr } = await runCli(['pub', '-p', 'tcp://127.0.0.1:1', ...PUB]);
    expect(code).toBe(3);
    expect(stderr).toBe('atmqtt: tcp://127.0.0.1:1: nothing listens there\n');
  });

  it('4: the module does not answer', async () => {
    const { modem } = await startWorld({ faults: ['silent'] });
    const { code, stderr } = await runCli(['info', '-p', modem.url, '--start-timeout', '0.5']);
    expect(code).toBe(4);
    expect(stderr).toMatch(/^atmqtt: the module does not answer AT.*; check its power.*\n$/);
  });

  it.each([
    [
      3,
      'Port already in use\r\n',
      /^atmqtt: tcp:\S+: closed by the other side, which said "Port already in use"\n$/,
    ],
    [3, '\xff\xfb\x01\xff\xfd\x2c', /^atmqtt: tcp:.* speaks telnet .*: use rfc2217:\S+ or telnet:\S+\n$/],
    [4, '\r\nPassword: ', /^atmqtt: the module does not answer AT: "Password:" comes instead\n$/],
  ])('%i: something else than a module says %j, and no wire is blamed', async (code, words, message) => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      if (words.startsWith('Port')) return socket.end(words);
      socket.write(Buffer.from(words, 'latin1'));
      return socket.on('data', () => socket.write(Buffer.from(words, 'latin1')));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const port = `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const result = await runCli(['info', '-p', port, '--start-timeout', '0.5']);
    server.close();
    expect(result.code).toBe(code);
    expect(result.stderr).toMatch(message);
  });

  it('5: no SIM', async () => {
    const { to } = await startWorld({ network: { sim: 'absent' } });
    const args = ['pub', ...to, '-t', 't', '-m', 'x', '--registration-timeout', '0.1'];
    const { code, stderr } = await runCli(args);
    expect(code).toBe(5);
    expect(stderr).toMatch(/^atmqtt: no SIM: .* \(\+CME ERROR: 10\)\n$/);
  });

  it('6: the broker refuses; the password stands nowhere', async () => {
    const refuse = { authenticate: authenticated('u', 'right') };
    const { modem } = await startWorld({}, refuse);
    const folder = await mkdtemp(join(tmpdir(), 'atmqtt-'));
    const trace = join(folder, 'trace');
    const args = ['pub', '-p', modem.url, ...PUB, '-d', '--trace', trace];
    const { code, stdout, stderr } = await runCli(args, {
      environment: { ATMQTT_USERNAME: 'u', ATMQTT_PASSWORD: 'hunter2' },
    });
    const traced = await readFile(trace, 'utf8');
    const { mode } = await stat(trace);
    await rm(folder, { recursive: true });
    expect(code).toBe(6);
    expect(stderr).toMatch(/atmqtt: connect refused: .*return code 5\); check client id/);
    expect(traced).toContain('"u","***"');
    expect(traced).toMatch(
      /^# atmqtt trace 1 start=\S+ program=\S+ port=tcp:\S+ secrets=masked\n\d{4}-\d\d-\d\dT\S+Z \+\d+\.\d{3} > (?:\\x1b|\\r)+\n/,
    );
    expect(mode & 0o777).toBe(0o600);
    expect(String(stdout) + stderr + traced).not.toContain('hunter2');
  });

  it('6: the broker cannot be reached', async () => {
    const { code, stderr } = await runCli(['pub', '-p', 'sim://?fault=open-fails=4', '-t', 't', '-m', 'x']);
    expect(code).toBe(6);
    expect(stderr).toMatch(
      /^atmqtt: open failed: .*extend 4\); most likely nothing listens there: check host and port/,
    );
  });

  it('tells a failure as JSON with --json, also one of usage', async () => {
    const port = await runCli(['info', '-p', 'tcp://127.0.0.1:1', '--json']);
    const usage = await runCli(['info', '--nonsense', '--json']);
    expect([port.code, usage.code, String(port.stdout), String(usage.stdout)]).toEqual([3, 2, '', '']);
    expect(JSON.parse(port.stderr)).toEqual({
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      error: {
        code: 'PORT_NOT_FOUND',
        message: 'tcp://127.0.0.1:1: nothing listens there',
        exitCode: 3,
      },
    });
    expect(JSON.parse(usage.stderr).error).toMatchObject({ code: 'INVALID_ARGUMENT', exitCode: 2 });
  });
});

/** Aedes refuses everybody else with return code 5: MQTT 3.1.1 section 3.2.2.3. */
function authenticated(username: string, password: string) {
  return (
    _client: unknown,
    name: string | undefined,
    secret: Buffer | undefined,
    done: (error: null, success: boolean) => void,
  ) => done(null, name === username && String(secret) === password);
}
