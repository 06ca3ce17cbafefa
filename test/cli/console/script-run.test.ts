import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli, startCli } from '../run-cli.js';
import { gather, startWorld } from '../world.js';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atmqtt-script-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** `%{x}` stands for a variable of the script. */
async function runScript(to: readonly string[], script: string, ...options: string[]) {
  const path = join(folder, 'check.at');
  await writeFile(path, script.replaceAll('%{', '${'));
  const { code, stdout, stderr } = await runCli(['console', ...to, '--script', path, ...options], {
    environment: { XDG_STATE_HOME: folder, HOME: folder, TOPIC: 'up/x' },
  });
  const text = stdout.toString().replace(/ \d+ ms/g, ' _ ms');
  return { code, text, stderr };
}

describe('a script from the command line', () => {
  it('passes with captures, repetition, data and words of MQTT', async () => {
    const { to, broker, commands } = await startWorld();
    const { all } = await gather(broker, 'up/x', 3);
    const script = `
# the signal goes to the broker, twice
AT+CSQ
  expect /\\+CSQ: (?<rssi>\\d+),/
set id meter-%{1}
AT+LMQTTOPEN=0,"broker.example",1883
AT+LMQTTCONN=0,"%{id}"
repeat 2
  AT+LMQTTPUB=0,1,1,0,"%{env.TOPIC}",2
  data %{rssi}
end
AT+CFOO
  expect ERROR
AT+LMQTTDISC=0
AT+LMQTTCLOSE=0
.connect -i %{id}
.pub -q 1 %{env.TOPIC} done
`;
    const { code, text, stderr } = await runScript(to, script);
    expect((await all).map(({ payload }) => payload.toString())).toEqual(['27', '27', 'done']);
    expect(commands).toContain('AT+LMQTTCONN=0,"meter-27"');
    expect(text).toBe(
      [
        'pass    3  AT+CSQ  _ ms',
        'pass    6  AT+LMQTTOPEN=0,"broker.example",1883  _ ms',
        'pass    7  AT+LMQTTCONN=0,"meter-27"  _ ms',
        'pass    9  AT+LMQTTPUB=0,1,1,0,"up/x",2  _ ms',
        'pass    9  AT+LMQTTPUB=0,1,1,0,"up/x",2  _ ms',
        'pass   12  AT+CFOO  _ ms',
        'pass   14  AT+LMQTTDISC=0  _ ms',
        'pass   15  AT+LMQTTCLOSE=0  _ ms',
        'pass   16  .connect -i meter-27  _ ms',
        'pass   17  .pub -q 1 up/x done  _ ms',
        '10 passed, 0 failed',
        '',
      ].join('\n'),
    );
    expect(code).toBe(0);
    expect(stderr).not.toContain('no answer');
  });

  it.each([
    ['AT+CFOO', 'FAIL    1  AT+CFOO  _ ms: the answer is ERROR'],
    [
      'AT+CSQ\nexpect 99,99',
      'FAIL    2  AT+CSQ  _ ms: expect 99,99: not seen within 0.3 s; came: "+CSQ: 27,99", "OK"',
    ],
    ['AT+CFOO\nexpect 99,99', 'FAIL    2  AT+CFOO  _ ms: expect 99,99: the answer is over; came: "ERROR"'],
    ['expect RING', 'FAIL    1  expect RING  _ ms: expect RING: not seen within 0.3 s; came: nothing'],
    ['.pub x 1', 'FAIL    1  .pub x 1  _ ms: there is no session with a broker: .connect makes one'],
    ['AT+LMQTTOPEN=0,"nowhere",1', 'FAIL    1  AT+LMQTTOPEN=0,"nowhere",1  _ ms: the result is a failure'],
  ])('ends at the first step that fails: %j', async (script, line) => {
    const { to } = await startWorld({ faults: script.includes('OPEN') ? ['open-fails'] : [] });
    const limit = script.includes('OPEN') ? '' : 'timeout 300ms';
    const { code, text } = await runScript(to, `${limit}\n${script}\nAT\n`);
    // The limit is the first line.
    const shifted = line.replace(/ {4}(\d)/, (_all, number) => `    ${Number(number) + 1}`);
    expect(text).toBe(`${shifted}\n0 passed, 1 failed\n`);
    expect(code).toBe(1);
  });

  it('fails a line that is not answered, within its time', async () => {
    const { to } = await startWorld({ faults: ['silent'] });
    const { code, text } = await runScript(to, 'timeout 200ms\nAT\n');
    expect(text).toBe('FAIL    2  AT  _ ms: no answer within 0.2 s\n0 passed, 1 failed\n');
    expect(code).toBe(1);
  });

  it('is refused with the line of its fault before anything is sent', async () => {
    const { to, commands } = await startWorld();
    const { code, text, stderr } = await runScript(to, 'AT\nAT+CSQ\nexpekt OK\n');
    expect(stderr).toMatch(/check\.at, line 3: "expekt" is not known; did you mean expect\?/);
    expect({ code, text }).toEqual({ code: 2, text: '' });
    expect(commands).toEqual([]);
  });

  it('tells its steps as JSON, secrets masked', async () => {
    const { to } = await startWorld();
    const script = 'AT+LMQTTCFG="aliauth",0,"pk","dn","TopSecret"\n.quit\nAT\n';
    const { code, text, stderr } = await runScript(to, script, '--json');
    const records = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(records).toEqual([
      { line: 1, step: 'AT+LMQTTCFG="aliauth",0,"pk","dn","***"', passed: true, ms: expect.any(Number) },
      { line: 2, step: '.quit', passed: true, ms: expect.any(Number) },
      { passed: 2, failed: 0 },
    ]);
    expect(text + stderr).not.toContain('TopSecret');
    expect(code).toBe(0);
  });

  it('shows no password of a dot-command', async () => {
    const { to } = await startWorld();
    const { code, text, stderr } = await runScript(to, 'set pw Hunter22\n.connect -u u -P %{pw}\n.macro\n');
    expect(text).toContain('.connect -u u -P ***');
    expect(text + stderr).not.toContain('Hunter22');
    expect(code).toBe(0);
  });

  it('that calls itself fails, and says so', async () => {
    const { to } = await startWorld();
    const { code, text, stderr } = await runScript(to, `.run ${join(folder, 'check.at')}\n`);
    expect(stderr).toContain('.run: scripts and macros call each other in a circle');
    expect(stderr).not.toContain('Warning');
    expect(text).toMatch(/^FAIL [\s\S]*\n0 passed, 1 failed\n$/);
    expect(code).toBe(1);
  });

  it('takes data in hex when the console does', async () => {
    const { to, broker } = await startWorld();
    const { all } = await gather(broker, 'up/x', 1);
    const script = `
.hex on
AT+LMQTTOPEN=0,"broker.example",1883
AT+LMQTTCONN=0,"hexadecimal"
AT+LMQTTPUB=0,1,1,0,"up/x",3
data 00 ff 0d
`;
    const { code, text } = await runScript(to, script);
    expect(text).toContain('4 passed, 0 failed');
    expect(code).toBe(0);
    expect((await all)[0]?.payload).toEqual(Buffer.from([0, 0xff, 13]));
  });

  it('ends at once when it is interrupted, whatever it waits for', async () => {
    const { to } = await startWorld({ faults: ['silent'] });
    const path = join(folder, 'check.at');
    await writeFile(path, 'timeout 10m\nAT\n');
    const script = startCli(['console', ...to, '--script', path, '-d']);
    await script.shows('stderr', /> AT\\r/);
    script.process.kill('SIGINT');
    const { code, stdout } = await script.finished();
    expect(String(stdout)).toContain('given up\n0 passed, 1 failed');
    expect(code).toBe(130);
  });
});
