import { describe, expect, it } from 'vitest';
import { runCli } from '../run-cli.js';
import { entry, SESSION, traceFile } from './recording.js';

async function replay(text: string | Buffer, ...args: readonly string[]): Promise<string> {
  const { code, stdout } = await runCli(['replay', await traceFile(text), ...args]);
  expect(code).toBe(0);
  return stdout.toString();
}

const wireLines = (shown: string) => [...shown.matchAll(/^ *\+[\d.]+ ([<>] .*)$/gm)].map(([, line]) => line);

describe('atmqtt replay', () => {
  it('shows the conversation with the words below each line, without colours in a pipe', async () => {
    expect(await replay(SESSION)).toMatchSnapshot();
  });

  it.each([
    [
      ['--direction', '>', '--no-decode'],
      ['> AT+CSQ', '> AT+LMQTTPUB=0,9,1,0,"t/x",3', '> a\\r\\n'],
    ],
    [['--urcs'], ['< +CEREG: 5', '< +LMQTTPUB: 0,9,0', '< +LMQTTURC: STATS,0,1']],
    [['--filter', 'roaming'], ['< +CEREG: 5']],
    [
      ['--filter', '/^\\+C/'],
      ['< +CSQ: 27,99', '< +CEREG: 5', '< +CME ERROR: 10'],
    ],
    [
      ['--from', '2', '--to', '3'],
      ['< +CEREG: 5', '> AT+LMQTTPUB=0,9,1,0,"t/x",3'],
    ],
    [
      ['--from', '2026-11-20T11:00:09Z'],
      ['< +LMQTTURC: STATS,0,1', '> AT'],
    ],
  ])('%j shows what is asked for', async (args, expected) => {
    const lines = wireLines(await replay(SESSION, ...args));
    expect(lines.slice(0, expected.length)).toEqual(expected);
    if (!args.includes('--direction')) expect(lines).toHaveLength(expected.length);
  });

  it('sums up', async () => {
    expect(await replay(SESSION, '--summary')).toMatchSnapshot();
  });

  it('gives objects to programs, a line each', async () => {
    const objects = (await replay(SESSION, '--json'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(objects[0].header).toMatchObject({ version: 1, port: 'COM3', masked: true });
    expect(objects[3]).toEqual({
      line: 4,
      time: '2026-11-20T11:00:00.013Z',
      elapsed: 0.013,
      direction: '<',
      kind: 'line',
      text: 'OK',
      roundTrip: { command: 'AT+CSQ', ms: 13, until: 'final' },
    });
    expect(objects.find(({ error }) => error !== undefined)).toMatchObject({ words: 'SIM not inserted' });
    const summary = JSON.parse(await replay(SESSION, '--json', '--summary'));
    expect(summary).toMatchObject({
      commands: 5,
      errors: { '+CME ERROR: 10': 1 },
      unanswered: { 'AT+LMQTTCONN=': 1 },
    });
  });

  it('keeps the delays, divided by the speed', async () => {
    const text = entry('0 > AT\\r\\n') + entry('4000 < \\r\\nOK\\r\\n');
    const begin = performance.now();
    await replay(text, '--speed', '4');
    expect(performance.now() - begin).toBeGreaterThanOrEqual(1000);
  });

  it('reads what went through an editor and was cut off', async () => {
    const windows = Buffer.from(`\ufeff${SESSION.replaceAll('\n', '\r\n')}`);
    expect(await replay(windows)).toBe(await replay(SESSION));
    const utf16 = Buffer.from(`\ufeff${SESSION.replaceAll('\n', '\r\n')}`, 'utf16le');
    expect(await replay(utf16)).toBe(await replay(SESSION));
    const { code, stderr } = await runCli(['replay', await traceFile(SESSION.slice(0, -20))]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/recording\.trace: a line is cut off\n$/);
  });

  it('tells the ports of a station apart', async () => {
    const lines = ['0 > AT+C', '1 > AT+CSQ\\r\\n', '2 > GSN=1\\r\\n', '3 < OK\\r\\n', '4 < +CSQ: 9,99\\r\\n'];
    const text = lines.map((line, index) => `/dev/ttyUSB${index % 2} ${entry(line)}`).join('');
    expect(await replay(text, '--no-decode')).toBe(
      [
        '    +0.001 /dev/ttyUSB1 > AT+CSQ',
        '    +0.002 /dev/ttyUSB0 > AT+CGSN=1',
        '    +0.003 /dev/ttyUSB1 < OK',
        '    +0.004 /dev/ttyUSB0 < +CSQ: 9,99',
        '',
      ].join('\n'),
    );
  });

  it('goes on behind a payload with a masked secret', async () => {
    const text = [
      '0 < \\r\\n+LMQTTURC: RECV,0,5,"t",24,{"deviceSecret":"***"}\\r\\n',
      '1 > AT+LMQTTPUB=0,9,1,0,"t",24\\r\\n',
      '2 < \\r\\n> ',
      '3 > {"deviceSecret":"***"}',
      '4 < \\r\\nOK\\r\\n',
      '5 > AT+CSQ\\r\\n',
    ];
    expect(wireLines(await replay(text.map(entry).join('')))).toEqual([
      '< +LMQTTURC: RECV,0,5,"t",24,{"deviceSecret":"***"}',
      '> AT+LMQTTPUB=0,9,1,0,"t",24',
      '< > ',
      '> {"deviceSecret":"***"}',
      '< OK',
      '> AT+CSQ',
    ]);
  });

  it('shows no secret of a trace that holds them', async () => {
    const text = `# atmqtt trace 1 secrets=shown\n${entry('0 > AT+LMQTTCONN=0,"a","b","hunter2"\\r\\n')}`;
    for (const args of [[], ['--json'], ['--summary'], ['--filter', 'CONN']]) {
      expect(await replay(text, ...args)).not.toContain('hunter2');
    }
  });

  it.each([
    ['AT\nOK\n', /line 1 is "AT", but must be a line of a trace/],
    [`${SESSION}what\n`, /line 17 is "what", but/],
  ])('refuses what is no trace', async (text, message) => {
    const { code, stderr } = await runCli(['replay', await traceFile(text)]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  it('refuses a file that is not there, and options that cannot be', async () => {
    for (const args of [['/nonexistent'], [await traceFile(SESSION), '--from', 'x'], ['f', '--speed', '0']]) {
      expect((await runCli(['replay', ...args])).code).toBe(2);
    }
  });
});
