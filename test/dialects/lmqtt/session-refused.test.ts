import { describe, expect, it } from 'vitest';
import { MqttError } from '../../../src/errors/kinds.js';
import { AnsweringModule, ok } from './answering-module.js';
import { sessionOn } from './session-under-test.js';

const LEAVE = ['AT+LMQTTDISC=0', 'AT+LMQTTCLOSE=0'];

describe('a connection that fails', () => {
  it.each([
    ['+LMQTTOPEN: 0,-1,3', 3, 'the PDP context could not be activated'],
    ['+LMQTTOPEN: 0,-1,4', 4, 'domain name could not be resolved'],
    ['+LMQTTOPEN: 0,-1', undefined, 'the connection could not be opened'],
  ])('%s', async (line, extend, text) => {
    const { module, session } = sessionOn(new AnsweringModule().answer(/OPEN=/, ok(line)));
    const error = await session.open().catch((reason) => reason);
    expect(error).toBeInstanceOf(MqttError);
    expect(error).toMatchObject({ code: 'OPEN_FAILED', result: -1, extend });
    expect(error.message).toContain(text);
    expect(module.lines.slice(-2)).toEqual(LEAVE);
  });

  it.each([
    [1, 'unacceptable protocol version'],
    [2, 'client identifier rejected'],
    [3, 'server unavailable'],
    [4, 'bad user name or password'],
    [5, 'not authorized'],
  ])('return code %i of the broker', async (code, text) => {
    const { module, session } = sessionOn(
      new AnsweringModule().answer(/CONN=/, ok(`+LMQTTCONN: 0,0,${code}`)),
      {
        username: 'user',
        password: 'hunter2',
      },
    );
    const error = await session.open().catch((reason) => reason);
    expect(error).toMatchObject({ code: 'CONNECT_REFUSED', extend: code });
    expect(error.message).toBe(`connect refused: ${text} (result 0, return code ${code})`);
    expect(module.lines.slice(-2)).toEqual(LEAVE);
  });

  it('CONNECT that could not be sent', async () => {
    const { session } = sessionOn(new AnsweringModule().answer(/CONN=/, ok('+LMQTTCONN: 0,2')));
    await expect(session.open()).rejects.toMatchObject({ code: 'CONNECT_FAILED', result: 2 });
  });

  it('the module refuses to open', async () => {
    const { module, session } = sessionOn(new AnsweringModule().answer(/OPEN=/, '\r\n+CME ERROR: 3\r\n'));
    await expect(session.open()).rejects.toMatchObject({ code: 'COMMAND_FAILED', number: 3 });
    expect(module.lines.slice(-2)).toEqual(LEAVE);
  });

  it.each([
    [
      /OPEN=/,
      '+LMQTTURC: STATS,0,3',
      'OPEN_FAILED',
      'open failed: domain name could not be resolved (status 3)',
    ],
    [
      /CONN=/,
      '+LMQTTURC: STATS,0,1',
      'CONNECT_FAILED',
      'connect failed: closed or reset by the server (status 1)',
    ],
    [
      /CONN=/,
      '+LMQTTURC: STATS,0,15,5',
      'CONNECT_REFUSED',
      'connect refused: the broker refused the connection: not authorized (status 15, extend 5)',
    ],
  ])('a status instead of the result of %s', async (command, status, code, message) => {
    const { session, lost } = sessionOn(new AnsweringModule().answer(command, ok(status)));
    const error = await session.open().catch((reason) => reason);
    expect(error).toBeInstanceOf(MqttError);
    expect(error).toMatchObject({ code, message });
    expect(lost).toEqual([]);
  });

  it('a status behind the result in the same read is a failure as well', async () => {
    const { session, lost } = sessionOn(
      new AnsweringModule().answer(/CONN=/, ok('+LMQTTCONN: 0,0,0', '+LMQTTURC: STATS,0,1')),
    );
    await expect(session.open()).rejects.toMatchObject({ code: 'CONNECT_FAILED' });
    expect(lost).toEqual([]);
    await expect(session.verify()).resolves.toBe(false);
  });

  it.each(['+LMQTTURC: STATS,0,0', '+LMQTTURC: STATS,1,1'])('%s is no failure', async (status) => {
    const { session } = sessionOn(new AnsweringModule().answer(/OPEN=/, ok(status, '+LMQTTOPEN: 0,0')));
    await session.open();
    await expect(session.verify()).resolves.toBe(true);
  });

  it('the first of two contradicting results stands', async () => {
    const { session } = sessionOn(
      new AnsweringModule().answer(/OPEN=/, ok('+LMQTTOPEN: 0,-1,5', '+LMQTTOPEN: 0,0')),
    );
    await expect(session.open()).rejects.toMatchObject({ code: 'OPEN_FAILED', extend: 5 });
  });
});
