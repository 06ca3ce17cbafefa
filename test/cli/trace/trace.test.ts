import { appendFile, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { type RunningCli, runCli, startCli } from '../run-cli.js';
import { entry, freshPath, SESSION, traceFile } from './recording.js';

const TRANSCRIPT = fileURLToPath(
  new URL('../../../fixtures/transcripts/publish-data-mode.txt', import.meta.url),
);

const running: RunningCli[] = [];

afterEach(() => {
  for (const { process } of running.splice(0)) process.kill('SIGKILL');
});

function follow(path: string, ...args: readonly string[]): RunningCli {
  const cli = startCli(['trace', path, '--follow', ...args]);
  running.push(cli);
  return cli;
}

describe('atmqtt trace', () => {
  it('decodes at once', async () => {
    const file = await traceFile(SESSION);
    const { stdout } = await runCli(['trace', file]);
    expect(stdout.toString()).toContain('-59 dBm, good');
    expect(stdout).toEqual((await runCli(['replay', file])).stdout);
  });

  it('follows a file that comes, grows in pieces of a line, is emptied and is replaced', async () => {
    const path = await freshPath();
    const cli = follow(path);
    await cli.shows('stderr', /is not there yet/);
    await writeFile(path, SESSION);
    await cli.shows('stdout', /\+9\.100 > AT\n/);
    const [begin, end] = [
      entry('9200 < \\r\\n+CSQ: 9,99\\r\\n').slice(0, 50),
      entry('9200 < \\r\\n+CSQ: 9,99\\r\\n').slice(50),
    ];
    await appendFile(path, begin);
    await appendFile(path, end);
    await cli.shows('stdout', /\+9\.200 < \+CSQ: 9,99\n *-95 dBm/);

    await truncate(path);
    await cli.shows('stderr', /was emptied/);
    await appendFile(path, entry('0 < \\r\\n+CEREG: 3\\r\\n'));
    await cli.shows('stdout', /< \+CEREG: 3\n *the network refuses/);

    await rename(path, `${path}.1`);
    await appendFile(`${path}.1`, entry('1 < \\r\\n+CEREG: 4\\r\\n'));
    await writeFile(path, entry('0 > ATE0\\r\\n'));
    await cli.shows('stderr', /was replaced/);
    await cli.shows('stdout', /> ATE0\n *repeat command lines: off/);
    expect(cli.text('stdout')).toMatch(/\+CEREG: 4.*ATE0/s);

    await rm(path);
    await cli.shows('stderr', /was replaced.*was replaced/s);
    cli.process.kill('SIGINT');
    expect((await cli.finished()).code).toBe(130);
  });

  it('follows for programs, and only what is asked for', async () => {
    const path = await traceFile(SESSION);
    const cli = follow(path, '--json', '--urcs');
    await cli.shows('stdout', /STATS/);
    await appendFile(path, entry('9300 < \\r\\n+CEREG: 1\\r\\n'));
    await cli.shows('stdout', /"\+CEREG: 1"/);
    cli.process.kill('SIGTERM');
    const { stdout } = await cli.finished();
    const texts = stdout
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).text);
    // The bare AT before it has no answer: what comes is none of its.
    expect(texts).toEqual(['+CEREG: 5', '+LMQTTPUB: 0,9,0', '+LMQTTURC: STATS,0,1', '+CEREG: 1']);
  });

  it('ends when what follows is no trace', async () => {
    const path = await traceFile(SESSION);
    const cli = follow(path);
    await cli.shows('stdout', /\+9\.100/);
    await appendFile(path, 'nonsense\n');
    const { code, stderr } = await cli.finished();
    expect(code).toBe(2);
    expect(stderr).toMatch(/line 17 is "nonsense", but/);
  });

  it('converts a transcript there and back', async () => {
    const trace = await runCli(['trace', TRANSCRIPT, '--from-transcript']);
    expect(trace.stdout.toString()).toMatch(/^# atmqtt trace 1\n# source: M, C/);
    const back = await runCli(['trace', await traceFile(trace.stdout), '--as', 'transcript']);
    expect(back.stdout).toEqual(await readFile(TRANSCRIPT));
  });

  it('does one thing at a time', async () => {
    const both = await runCli(['trace', TRANSCRIPT, '--follow', '--as', 'transcript']);
    expect(both.code).toBe(2);
    for (const args of [['--from-transcript'], ['--as', 'transcript'], []]) {
      const { code, stderr } = await runCli(['trace', '/nonexistent', ...args]);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^atmqtt: cannot read "\/nonexistent": no such file or directory$/m);
    }
  });
});
