import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { openTransport } from '../../../src/transport/open.js';
import { Rig } from '../../helpers/rig.js';
import { readFrom, writeTo } from '../../helpers/streams.js';
import { runProgram, startPlayer, traceOf } from './record.js';

async function ask(te: Duplex, bytes: string, answer: string): Promise<number> {
  const begin = performance.now();
  const came = readFrom(te, answer.length);
  await writeTo(te, Buffer.from(bytes, 'latin1'));
  expect((await came).toString('latin1')).toBe(answer);
  return performance.now() - begin;
}

describe('a recording of a real session', () => {
  it.each(['memory:', 'tcp://127.0.0.1:0'])(
    'is the same session again for the same program, on %s',
    async (listen) => {
      const rig = await Rig.start();
      const recorded = await runProgram(rig.module.url, { clientId: 'meter-7' });
      await rig.stop();
      expect(recorded.trace).not.toContain('s3cret-word');
      expect(recorded.seen).toHaveLength(8);

      const player = await startPlayer(recorded.trace, { listen, speed: Number.POSITIVE_INFINITY });
      const ended = once(player, 'ended');
      const played = await runProgram(player.url, { clientId: 'meter-7' });
      await ended;
      expect(played.seen).toEqual(recorded.seen);
      expect(player.mismatches).toEqual([]);
      expect(player.progress.played).toBe(player.progress.total);
    },
  );

  it('is played at its own pace, again and again, for other client ids and passwords', async () => {
    const rig = await Rig.start({ module: { latency: { roundTrip: 20 } } });
    const recorded = await runProgram(rig.module.url);
    await rig.stop();
    const player = await startPlayer(recorded.trace);
    for (const password of ['another', 'word']) {
      const played = await runProgram(player.url, { password });
      expect(played.seen).toEqual(recorded.seen);
    }
    expect(player.mismatches).toEqual([]);
  });

  it('tells where a program does something else', async () => {
    const rig = await Rig.start();
    const recorded = await runProgram(rig.module.url, { clientId: 'meter-7' });
    await rig.stop();
    const player = await startPlayer(recorded.trace, { speed: Number.POSITIVE_INFINITY });
    await runProgram(player.url, { clientId: 'meter-7', keepalive: 77 });
    expect(player.mismatches).toEqual([
      {
        line: expect.any(Number),
        expected: expect.stringMatching(/^AT\+LMQTTCFG="keepalive",0,\d+$/),
        received: 'AT+LMQTTCFG="keepalive",0,77',
        outcome: 'answered',
      },
    ]);
  });
});

describe('a recording', () => {
  const SIGNAL = [
    '0 > AT\\r\\n',
    '5 < \\r\\nOK\\r\\n',
    '50 > AT+CSQ\\r\\n',
    '60 < \\r\\n+CSQ: 27,99\\r\\n',
    '61 < \\r\\nOK\\r\\n',
  ];

  async function teOf(player: { readonly url: string }): Promise<Duplex> {
    return openTransport(player.url);
  }

  it('answers after the recorded times, and URCs come at their distance', async () => {
    const player = await startPlayer(
      traceOf(
        '0 > AT\\r',
        '100 < \\r\\nOK\\r\\n',
        '300 < \\r\\n+CEREG: 1\\r\\n',
        '500 > AT+CSQ\\r',
        '510 < \\r\\nOK\\r\\n',
      ),
      { speed: 2 },
    );
    const te = await teOf(player);
    const begin = performance.now();
    expect(await ask(te, 'AT\r', '\r\nOK\r\n')).toBeGreaterThan(48);
    // Sooner than recorded: its answer does not wait for the URC.
    await ask(te, 'AT+CSQ\r', '\r\nOK\r\n');
    expect((await readFrom(te, 13)).toString()).toBe('\r\n+CEREG: 1\r\n');
    expect(performance.now() - begin).toBeGreaterThan(148);
    expect(player.ended).toBe(true);
    te.destroy();
  });

  it('begins with what came before the first command, and does not wait for it', async () => {
    const player = await startPlayer(
      traceOf('0 < \\r\\n+CPIN: READY\\r\\n', '60000 < late\\r\\n', '60001 > AT\\r\\n', '60002 < OK\\r\\n'),
    );
    const te = await teOf(player);
    expect((await readFrom(te, 16)).toString()).toBe('\r\n+CPIN: READY\r\n');
    await ask(te, 'AT\r\n', 'OK\r\n');
    expect(player.ended).toBe(false);
    te.destroy();
  });

  it('sends at the start what the module said unasked', async () => {
    const player = await startPlayer(traceOf('7 < \\r\\n+CPIN: READY\\r\\n', '9 > AT\\r\\n', '9 < OK\\r\\n'));
    const te = await teOf(player);
    expect((await readFrom(te, 16)).toString()).toBe('\r\n+CPIN: READY\r\n');
    await ask(te, 'AT\r\n', 'OK\r\n');
    te.destroy();
  });

  it('takes a payload however it is cut, with CR LF, prompt and secrets in it', async () => {
    const player = await startPlayer(
      traceOf(
        '0 > AT+LMQTTPUB=0,9,1,0,"t",12\\r\\n',
        '1 < \\r\\n> ',
        '2 > \\n\\r\\nOK\\r\\n',
        '3 > > abc',
        '4 < \\r\\nOK\\r\\n',
        '5 < \\r\\n+LMQTTPUB: 0,9,0\\r\\n',
        '6 > AT+LMQTTPUB=0,10,1,0,"t",24\\r\\n',
        '7 < \\r\\n> ',
        '8 > "deviceSecret":"***"',
        '9 < \\r\\nOK\\r\\n',
      ),
      { speed: Number.POSITIVE_INFINITY },
    );
    const te = await teOf(player);
    await ask(te, 'AT+LMQTTPUB=0,700,1,0,"t",12\r\n', '\r\n> ');
    await writeTo(te, '\n\r\nOK');
    await ask(te, '\r\n> abc', '\r\nOK\r\n\r\n+LMQTTPUB: 0,700,0\r\n');
    await ask(te, 'AT+LMQTTPUB=0,701,1,0,"t",24\r\n', '\r\n> ');
    await ask(te, '"deviceSecret":"1234567"', '\r\nOK\r\n');
    expect(player.mismatches).toEqual([]);
    expect(player.ended).toBe(true);
    te.destroy();
  });

  it('refuses what it does not know, and stays where it is', async () => {
    const player = await startPlayer(traceOf(...SIGNAL));
    const te = await teOf(player);
    await ask(te, 'AT\r\n', '\r\nOK\r\n');
    await ask(te, 'AT+CREG?\r\n', '\r\nERROR\r\n');
    await ask(te, 'AT+CSQ\r\n', '\r\n+CSQ: 27,99\r\n\r\nOK\r\n');
    await ask(te, 'AT+LMQTTCONN=0,"a","b","hunter2"\r\n', '\r\nERROR\r\n');
    expect(player.mismatches).toEqual([
      { line: 3, expected: 'AT+CSQ', received: 'AT+CREG?', outcome: 'refused' },
      { line: undefined, expected: undefined, received: 'AT+LMQTTCONN=0,"a","b","***"', outcome: 'refused' },
    ]);
    te.destroy();
  });

  it('goes on from a line that stands a little further on', async () => {
    const player = await startPlayer(traceOf(...SIGNAL), { speed: Number.POSITIVE_INFINITY });
    const te = await teOf(player);
    await ask(te, 'AT+CSQ\r\n', '\r\n+CSQ: 27,99\r\n\r\nOK\r\n');
    expect(player.mismatches).toEqual([{ line: 1, expected: 'AT', received: 'AT+CSQ', outcome: 'skipped' }]);
    te.destroy();
  });

  it('goes on for a TE that comes back, and begins anew for one that does', async () => {
    const player = await startPlayer(traceOf(...SIGNAL), { speed: Number.POSITIVE_INFINITY });
    for (const commands of [['AT'], ['AT+CSQ'], ['AT'], ['AT', 'AT+CSQ'], ['AT']]) {
      const te = await teOf(player);
      for (const command of commands) {
        const answer = command === 'AT' ? '\r\nOK\r\n' : '\r\n+CSQ: 27,99\r\n\r\nOK\r\n';
        await ask(te, `${command}\r\n`, answer);
      }
      const detached = once(player, 'detached');
      te.destroy();
      await detached;
    }
    expect(player.mismatches).toEqual([]);
  });

  it('is played on a pseudo-terminal, again for each TE', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'atmqtt-'));
    const player = await startPlayer(traceOf(...SIGNAL), {
      listen: `pty:${join(folder, 'modem')}`,
      speed: Number.POSITIVE_INFINITY,
    });
    for (const commands of [['AT', 'AT+CSQ'], ['AT'], ['AT', 'AT+CSQ']]) {
      const te = await teOf(player);
      for (const command of commands) {
        await ask(te, `${command}\r\n`, command === 'AT' ? '\r\nOK\r\n' : '\r\n+CSQ: 27,99\r\n\r\nOK\r\n');
      }
      te.destroy();
      await once(te, 'close');
    }
    expect(player.mismatches).toEqual([]);
    await player.close();
    await rm(folder, { recursive: true });
  });

  it('of a station needs to be told which port', async () => {
    const line = traceOf('0 > AT\\r\\n');
    const text = `/dev/ttyUSB0 ${line}/dev/ttyUSB1 ${line}`;
    const refused = {
      code: 'INVALID_ARGUMENT',
      message: expect.stringContaining('"/dev/ttyUSB0", "/dev/ttyUSB1"'),
    };
    await expect(startPlayer(text)).rejects.toMatchObject(refused);
    await expect(startPlayer(text, { port: 'COM3' })).rejects.toMatchObject(refused);
    expect((await startPlayer(text, { port: '/dev/ttyUSB1' })).progress).toEqual({ played: 0, total: 1 });
  });

  it('must be one', async () => {
    const refusal = { code: 'INVALID_ARGUMENT', message: expect.stringContaining('line 1') };
    await expect(startPlayer('AT\nOK\n')).rejects.toMatchObject(refusal);
    await expect(startPlayer('', { speed: 0 })).rejects.toMatchObject({ field: 'speed' });
  });
});
