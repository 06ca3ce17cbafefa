import { describe, expect, it } from 'vitest';
import {
  CLOSE,
  CONFIG_QUERY,
  CONNECT,
  CONNECT_STATE,
  DISCONNECT,
  OPEN,
} from '../../../src/dialects/lmqtt/connection-commands.js';
import { PUBLISH, SUBSCRIBE_UNSUBSCRIBE } from '../../../src/dialects/lmqtt/message-commands.js';
import { SESSION_STATUS } from '../../../src/dialects/lmqtt/messages.js';
import { linesOf } from '../../helpers/transcript.js';

const OPENED = OPEN.result.urc;
const CONNECTED = CONNECT.result.urc;
const SUBSCRIBED = SUBSCRIBE_UNSUBSCRIBE.result.urc;
const PUBLISHED = PUBLISH.result.urc;
const DISCONNECTED = DISCONNECT.result.urc;
const CLOSED = CLOSE.result.urc;

const RESULTS = [
  { urc: OPENED, name: 'open-connect', line: '+LMQTTOPEN: 0,0', value: { id: 0, result: 0 } },
  {
    urc: OPENED,
    name: 'open-fails-dns',
    line: '+LMQTTOPEN: 0,-1,4',
    value: { id: 0, result: -1, extend: 4 },
  },
  {
    urc: CONNECTED,
    name: 'open-connect',
    line: '+LMQTTCONN: 0,0,0',
    value: { id: 0, result: 0, returnCode: 0 },
  },
  {
    urc: CONNECTED,
    name: 'connect-refused',
    line: '+LMQTTCONN: 0,0,4',
    value: { id: 0, result: 0, returnCode: 4 },
  },
  { urc: CONNECTED, name: 'connect-results', line: '+LMQTTCONN: 0,1', value: { id: 0, result: 1 } },
  {
    urc: CONNECTED,
    name: 'connect-results',
    line: '+LMQTTCONN: 0,2,6',
    value: { id: 0, result: 2, returnCode: 6 },
  },
  {
    urc: SUBSCRIBED,
    name: 'subscribe-unsubscribe',
    line: '+LMQTTSUBUNSUB: 0,1,0,1',
    value: { id: 0, messageId: 1, result: 0, extend: 1 },
  },
  {
    urc: SUBSCRIBED,
    name: 'subscribe-unsubscribe',
    line: '+LMQTTUNSUNSUB: 0,2,0',
    value: { id: 0, messageId: 2, result: 0, name: '+LMQTTUNSUNSUB' },
  },
  {
    urc: SUBSCRIBED,
    name: 'subscribe-several',
    line: '+LMQTTSUBUNSUB: 0,3,1,6',
    value: { id: 0, messageId: 3, result: 1, extend: 6 },
  },
  {
    urc: PUBLISHED,
    name: 'publish-data-mode',
    line: '+LMQTTPUB: 0,9,0',
    value: { id: 0, messageId: 9, result: 0 },
  },
  {
    urc: PUBLISHED,
    name: 'publish-failures',
    line: '+LMQTTPUB: 0,9,1,6',
    value: { id: 0, messageId: 9, result: 1, extend: 6 },
  },
  {
    urc: PUBLISHED,
    name: 'publish-failures',
    line: '+LMQTTPUB: 0,10,2',
    value: { id: 0, messageId: 10, result: 2 },
  },
  {
    urc: PUBLISHED,
    name: 'publish-qos0',
    line: '+LMQTTPUB: 0,0,0',
    value: { id: 0, messageId: 0, result: 0 },
  },
  { urc: DISCONNECTED, name: 'disconnect-close', line: '+LMQTTDISC: 0,0', value: { id: 0, result: 0 } },
  { urc: DISCONNECTED, name: 'disconnect-close', line: '+LMQTTDISC: 0,1', value: { id: 0, result: 1 } },
  { urc: CLOSED, name: 'disconnect-close', line: '+LMQTTCLOSE: 0,0', value: { id: 0, result: 0 } },
  {
    urc: CLOSED,
    name: 'disconnect-close',
    line: '+LMQTTCLOSE: 0,1,2',
    value: { id: 0, result: 1, extend: 2 },
  },
  { urc: SESSION_STATUS, name: 'session-status', line: '+LMQTTURC: STATS,0,0', value: { id: 0, status: 0 } },
  {
    urc: SESSION_STATUS,
    name: 'session-status',
    line: '+LMQTTURC: STATS,0,14',
    value: { id: 0, status: 14 },
  },
  {
    urc: SESSION_STATUS,
    name: 'link-lost',
    line: '+LMQTTURC: STATS,0,15,5',
    value: { id: 0, status: 15, extend: 5 },
  },
] as const;

describe('result URCs and status', () => {
  it.each(RESULTS)('$line stands in $name and is read and written', ({ urc, name, line, value }) => {
    expect(linesOf(name, '<')).toContain(line);
    expect(urc.parse({ text: line })).toEqual(value);
    expect((urc.format as (value: unknown) => unknown)(value)).toEqual({ text: line });
  });

  it.each(RESULTS)('$line is read without the space behind the colon', ({ urc, line, value }) => {
    expect(urc.parse({ text: line.replace(': ', ':') })).toEqual(value);
  });

  it.each(RESULTS)('$line starts with the name of its declaration', ({ urc, line }) => {
    expect(line.startsWith(urc.name)).toBe(true);
  });

  it.each([
    '+LMQTTPUB: 0,9',
    '+LMQTTPUB: 0,9,0,6,1',
    '+LMQTTPUB: 5,9,0',
    '+LMQTTPUB: 0,65536,0',
    '+LMQTTPUB: 0,9,x',
    '+LMQTTPUB: 0,9,',
    '+LMQTTPUB 0,9,0',
    '+LMQTTPUBEX: 0,9,0',
    ' +LMQTTPUB: 0,9,0',
  ])('%s is no result of a publish', (text) => {
    expect(PUBLISHED.parse({ text })).toBeUndefined();
  });

  it('belong to the request with their msgID', () => {
    const args = {
      id: 0,
      messageId: 9,
      qos: 1,
      retain: false,
      topic: 't',
      form: 'data',
      payload: Buffer.from('x'),
    } as const;
    expect(PUBLISH.result.matches(args, { id: 0, messageId: 9, result: 2 })).toBe(true);
    expect(PUBLISH.result.matches(args, { id: 0, messageId: 10, result: 0 })).toBe(false);
    expect(PUBLISH.result.matches(args, { id: 1, messageId: 9, result: 0 })).toBe(false);
    expect(OPEN.result.matches({ id: 1, host: 'h', port: 1 }, { id: 1, result: 0 })).toBe(true);
    expect(OPEN.result.matches({ id: 1, host: 'h', port: 1 }, { id: 0, result: 0 })).toBe(false);
  });
});

describe('+LMQTTCONN: result or state', () => {
  it.each([1, 2, 3, 4] as const)('state %i', (state) => {
    const line = `+LMQTTCONN: 0,${state}`;
    expect(linesOf('connect-state', '<')).toContain(line);
    expect(CONNECT_STATE.response.owns(line)).toBe(true);
    expect(CONNECT_STATE.response.parse([{ text: line }])).toEqual({ id: 0, state });
    expect(CONNECT_STATE.response.format({ id: 0, state })).toEqual([{ text: line }]);
  });

  it.each(['+LMQTTCONN: 0,0,0', '+LMQTTCONN: 0,1,0', '+LMQTTCONN: 0,0', '+LMQTTCONN: 0,5'])(
    '%s is no state',
    (line) => {
      expect(CONNECT_STATE.response.owns(line)).toBe(false);
      expect(CONNECT_STATE.response.parse([{ text: line }])).toBeUndefined();
    },
  );

  it.each(['+LMQTTCONN: 0,3', '+LMQTTCONN: 0,4'])('%s is no result', (text) => {
    expect(CONNECTED.parse({ text })).toBeUndefined();
  });

  it('leaves 0,1 and 0,2 to the pending command', () => {
    for (const text of ['+LMQTTCONN: 0,1', '+LMQTTCONN: 0,2']) {
      expect(CONNECTED.parse({ text })).toBeDefined();
      expect(CONNECT_STATE.response.owns(text)).toBe(true);
    }
  });

  it('takes one line, no more and no less', () => {
    expect(CONNECT_STATE.response.parse([])).toBeUndefined();
    expect(
      CONNECT_STATE.response.parse([{ text: '+LMQTTCONN: 0,3' }, { text: '+LMQTTCONN: 0,3' }]),
    ).toBeUndefined();
  });
});

describe('answers to a query of settings', () => {
  const answers = linesOf('config-query', '<').filter((line) => line !== 'OK');

  it.each([
    [0, { key: 'keepalive', seconds: 120 }],
    [1, { key: 'recv/mode', format: 0, showLength: true }],
    [2, { key: 'will', will: { qos: 1, retain: false, topic: 't/x', message: 'off' } }],
    [
      3,
      {
        key: 'aliauth',
        productKey: 'a1X2bEnP82z',
        deviceName: 'example1',
        deviceSecret: 'ga7XA6KdlEeiPXQPpRbAjOZXwG8ydgSe',
      },
    ],
  ] as const)('answer %i', (index, values) => {
    const text = answers[index] ?? '';
    expect(CONFIG_QUERY.response.owns(text)).toBe(true);
    expect(CONFIG_QUERY.response.parse([{ text }])).toEqual(values);
    expect(CONFIG_QUERY.response.format(values)).toEqual([{ text }]);
  });

  it.each(['+LMQTTCFG: "colour",1', '+LMQTTCFG: keepalive,1', '+LMQTTCONN: 0,1', 'OK'])(
    '%s is none',
    (text) => {
      expect(CONFIG_QUERY.response.owns(text)).toBe(false);
      expect(CONFIG_QUERY.response.parse([{ text }])).toBeUndefined();
    },
  );

  it('owns an answer with values that it cannot read, so that it does not pass for a URC', () => {
    expect(CONFIG_QUERY.response.owns('+LMQTTCFG: "keepalive",x')).toBe(true);
    expect(CONFIG_QUERY.response.parse([{ text: '+LMQTTCFG: "keepalive",x' }])).toBeUndefined();
  });
});
