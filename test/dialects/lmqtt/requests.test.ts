import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/at/command.js';
import {
  CLOSE,
  CONFIG,
  CONFIG_QUERY,
  CONNECT,
  CONNECT_STATE,
  DISCONNECT,
  OPEN,
} from '../../../src/dialects/lmqtt/connection-commands.js';
import { COMMANDS } from '../../../src/dialects/lmqtt/declarations.js';
import { PUBLISH, READ, SUBSCRIBE_UNSUBSCRIBE } from '../../../src/dialects/lmqtt/message-commands.js';
import { linesOf, readTranscript, transcriptNames } from '../../helpers/transcript.js';

/** What each command line of a transcript says, in order. */
const REQUESTS: Record<string, readonly (readonly [Command<unknown, unknown>, unknown])[]> = {
  'config-aliyun': [
    [CONFIG, { key: 'cloud', id: 0, type: 2, dataType: 1 }],
    [
      CONFIG,
      {
        key: 'aliauth',
        id: 0,
        productKey: 'a1X2bEnP82z',
        deviceName: 'example1',
        deviceSecret: 'ga7XA6KdlEeiPXQPpRbAjOZXwG8ydgSe',
      },
    ],
  ],
  'config-no-will': [[CONFIG, { key: 'will', id: 0, will: null }]],
  'config-off': [
    [CONFIG, { key: 'sslenable', id: 0, enabled: false, context: 0 }],
    [CONFIG, { key: 'aliauth', id: 0, productKey: '', deviceName: '', deviceSecret: '' }],
    [CONFIG, { key: 'cloud', id: 0, type: 0, dataType: 0 }],
    [CONFIG, { key: 'send/mode', id: 0, format: 0 }],
  ],
  'config-query': [
    [CONFIG_QUERY, { key: 'keepalive', id: 0 }],
    [CONFIG_QUERY, { key: 'recv/mode', id: 0 }],
    [CONFIG_QUERY, { key: 'will', id: 0 }],
    [CONFIG_QUERY, { key: 'aliauth', id: 0 }],
  ],
  'config-settings': [
    [CONFIG, { key: 'keepalive', id: 0, seconds: 0 }],
    [CONFIG, { key: 'session', id: 0, clean: true }],
    [CONFIG, { key: 'timeout', id: 0, packetTimeout: 60, retries: 3, notice: false }],
    [CONFIG, { key: 'version', id: 0, version: 4 }],
    [CONFIG, { key: 'will', id: 0, will: { qos: 2, retain: true, topic: 'status/meter-7', message: '' } }],
    [CONFIG, { key: 'cache', id: 0, announceOnly: true }],
    [CONFIG, { key: 'dataformat', id: 0, send: 0, receive: 1 }],
    [CONFIG, { key: 'send/mode', id: 0, format: 2 }],
    [CONFIG, { key: 'recv/mode', id: 0, format: 1, showLength: true }],
    [CONFIG, { key: 'urc', id: 0, enabled: true }],
    [CONFIG, { key: 'raimode', id: 0, mode: 1 }],
    [CONFIG, { key: 'sslenable', id: 0, enabled: true, context: 5 }],
  ],
  'connect-refused': [[CONNECT, { id: 0, clientId: 'id', username: 'user', password: 'bad' }]],
  'connect-results': [
    [CONNECT, { id: 0, clientId: 'id', username: 'user' }],
    [CONNECT, { id: 0, clientId: 'id' }],
  ],
  'connect-state': Array.from({ length: 4 }, () => [CONNECT_STATE, null] as const),
  'disconnect-close': Array.from({ length: 6 }, (_, index) => [index % 2 ? CLOSE : DISCONNECT, { id: 0 }]),
  'message-announced': [[READ, { id: 0, messageId: 9 }]],
  'open-connect': [
    [CONFIG, { key: 'cache', id: 0, announceOnly: false }],
    [CONFIG, { key: 'keepalive', id: 0, seconds: 180 }],
    [CONFIG, { key: 'recv/mode', id: 0, format: 0, showLength: true }],
    [CONFIG, { key: 'will', id: 0, will: { qos: 1, retain: false, topic: 't/x', message: 'off' } }],
    [OPEN, { id: 0, host: 'mqtt.example.net', port: 1883 }],
    [
      CONNECT,
      { id: 0, clientId: '861326070275653', username: '861326070275653', password: 'AECFC44D182082C3' },
    ],
  ],
  'open-fails-dns': [[OPEN, { id: 0, host: 'bad.host', port: 1883 }]],
  'publish-failures': [9, 10, 11].map((messageId) => [PUBLISH, inline(messageId, 't', 'x')]),
  'publish-hex': [
    [
      PUBLISH,
      {
        id: 0,
        messageId: 12,
        qos: 1,
        retain: true,
        topic: 'bin/up',
        form: 'hex',
        payload: Buffer.from([0x00, 0x0d, 0x0a, 0xff]),
      },
    ],
  ],
  'publish-inline': [
    [PUBLISH, inline(5, 'cfg/imei/data', 'abcd')],
    [PUBLISH, inline(7, 't', '{"imei":"861326070275653","rssi":27}')],
  ],
  'publish-qos0': [[PUBLISH, { ...inline(0, 't', 'hi'), qos: 0 }]],
  'result-before-ok': [[CONNECT, { id: 0, clientId: 'id' }]],
  'subscribe-several': [
    [
      SUBSCRIBE_UNSUBSCRIBE,
      {
        id: 0,
        action: 'subscribe',
        messageId: 3,
        topics: [
          { topic: 'a/+', qos: 1 },
          { topic: 'b/#', qos: 0 },
        ],
      },
    ],
  ],
  'subscribe-unsubscribe': [
    [SUBSCRIBE_UNSUBSCRIBE, topicRequest('subscribe', 1, 2)],
    [SUBSCRIBE_UNSUBSCRIBE, topicRequest('unsubscribe', 2, 0)],
  ],
};

/** Without a request of this dialect, or, for data mode, tested on its own. */
const ELSEWHERE = [
  'link-lost',
  'message-counted',
  'message-hex',
  'message-line',
  'publish-data-mode',
  'session-status',
];

function inline(messageId: number, topic: string, payload: string) {
  return { id: 0, messageId, qos: 1, retain: false, topic, form: 'inline', payload: Buffer.from(payload) };
}

function topicRequest(action: 'subscribe' | 'unsubscribe', messageId: number, qos: number) {
  return { id: 0, action, messageId, topics: [{ topic: 'cfg/861326070275653/var_write', qos }] };
}

const CASES = Object.entries(REQUESTS).flatMap(([name, requests]) =>
  requests.map(([command, args], index) => ({ name, index, command, args })),
);

describe('command lines of the transcripts', () => {
  it('are all accounted for', () => {
    const ours = transcriptNames().filter((name) =>
      readTranscript(name).steps.some(({ bytes }) => bytes.includes('+LMQTT')),
    );
    expect([...Object.keys(REQUESTS), ...ELSEWHERE].sort()).toEqual(ours);
    for (const [name, requests] of Object.entries(REQUESTS)) {
      expect(linesOf(name, '>'), name).toHaveLength(requests.length);
    }
  });

  it.each(CASES)('$name $index is what $command.name formats', ({ name, index, command, args }) => {
    expect(command.request.format(args)).toBe(linesOf(name, '>')[index]);
  });

  it.each(CASES)('$name $index is what $command.name parses', ({ name, index, command, args }) => {
    expect(command.request.parse(linesOf(name, '>')[index] ?? '')).toEqual(args);
  });

  it.each(CASES)('$name $index belongs to one declaration alone', ({ name, index, command }) => {
    const line = linesOf(name, '>')[index] ?? '';
    expect(COMMANDS.filter(({ request }) => request.parse(line) !== undefined)).toEqual([command]);
  });

  it('are told from lines of another shape', () => {
    for (const { request } of COMMANDS) {
      for (const line of ['', 'AT', 'AT+CSQ', 'AT+LMQTTOPEN', 'AT+LMQTTPUBEX=0,1,0,0,"t",1,"x"']) {
        expect(request.parse(line)).toBeUndefined();
      }
    }
  });

  it('are read in either case of the command name', () => {
    expect(OPEN.request.parse('at+lmqttopen=0,"Bad.Host",1883')).toEqual({
      id: 0,
      host: 'Bad.Host',
      port: 1883,
    });
    expect(CONNECT_STATE.request.parse('at+lmqttconn?')).toBeNull();
  });
});
