import { describe, expect, it } from 'vitest';
import { Conversation, type Utterance } from '../../../src/cli/decode/conversation.js';
import { Decoder } from '../../../src/cli/decode/decoder.js';
import { readTranscript, transcriptNames } from '../../helpers/transcript.js';

/** A text as it stands on the wire, one character a byte. */
function wire(text: string): string {
  return Buffer.from(text).toString('latin1');
}

/** What each line of a golden transcript means; the bytes one by one if `split`. */
function wordsOf(name: string, split = false): string[] {
  const said: Utterance[] = [];
  const conversation = new Conversation((utterance) => said.push(utterance));
  for (const { direction, bytes } of readTranscript(name).steps) {
    const pieces = split ? [...bytes].map((byte) => Buffer.from([byte])) : [bytes];
    for (const piece of pieces) {
      if (direction === '>') conversation.sent(piece);
      else conversation.received(piece);
    }
  }
  conversation.flush();
  return said.map((utterance) => {
    if (utterance.kind === 'noise') return `noise ${utterance.bytes}`;
    if (utterance.kind === 'prompt') return `prompt ${utterance.wanted}`;
    return `${utterance.kind === 'payload' ? 'payload' : utterance.text} | ${utterance.words ?? '-'}`;
  });
}

describe('the decoder', () => {
  it.each([
    ['+CSQ: 27,99', '-59 dBm, good'],
    ['+CSQ: 99,99', 'no signal is measured'],
    ['+CESQ: 99,99,255,255,20,52', 'RSRP -89 dBm, RSRQ -10 dB, good'],
    ['+LMQTTOPEN: 0,-1,4', 'open failed: domain name could not be resolved (result -1, extend 4)'],
    ['+LMQTTOPEN: 0,0', 'the connection is open'],
    ['+CME ERROR: 10', 'SIM not inserted'],
    ['+CME ERROR: 4711', 'error 4711'],
    ['ERROR', 'refused, without a reason'],
    ['OK', undefined],
    ['+CEREG: 0,5', 'registered, roaming'],
    ['+CEREG: 3', 'the network refuses this SIM or this module'],
    [
      '+CEREG: 1,"1A2B","00C3D4E5",7',
      'registered with the home network, E-UTRAN, tracking area 1A2B, cell C3D4E5',
    ],
    ['+LMQTTURC: STATS,0,1', 'session lost: closed or reset by the server (status 1)'],
    ['+LMQTTURC: RECV,0,1,"cmd/x",{"on":true}', 'message on cmd/x: 11 bytes, {"on":true}'],
    [wire('+LMQTTURC: RECV,0,1,"Größe/温度",grün'), 'message on Größe/温度: 5 bytes, grün'],
    [wire('+LMQTTREAD: 0,7,"Größe",3,abc'), undefined],
    ['+LMQTTURC: RECV,0,9', 'message 9 waits in the module'],
    ['+LMQTTPUB: 0,7,2,6', 'message 7: publish failed: the packet could not be sent (result 2, extend 6)'],
    ['+LMQTTCONN: 0,0,4', 'connect refused: bad user name or password (result 0, return code 4)'],
    ["^boot.rom'v\x80!", 'the module has restarted'],
    ['NORMAL POWER DOWN', 'the module powers down'],
    ['whatever', undefined],
  ])('reads %j as %j', (line, words) => {
    expect(new Decoder().received(line)).toBe(words);
  });

  it.each([
    ['AT', 'are you there?'],
    ['AT+LMQTTOPEN=0,"b.example",1883', 'open a connection to b.example:1883'],
    ['AT+LMQTTCFG="keepalive",0,0', 'no keepalive'],
    ['AT+LMQTTSUBUNSUB=0,0,1,"a/#",1,"b",0', 'subscribe a/# (QoS 1), b (QoS 0)'],
    ['AT+LMQTTPUB=0,1,1,1,"t",3,"abc"', 'publish to t, QoS 1, retained: 3 bytes, abc'],
    [wire('AT+LMQTTPUB=0,1,1,0,"Größe/温度",3,"é!"'), 'publish to Größe/温度, QoS 1: 3 bytes, é!'],
    [wire('AT+LMQTTPUB=0,1,1,0,"Größe/温度",9'), 'publish to Größe/温度, QoS 1: 9 bytes follow'],
    [wire('AT+LMQTTSUBUNSUB=0,0,1,"Größe/+",1'), 'subscribe Größe/+ (QoS 1)'],
    [wire('AT+LMQTTSUBUNSUB=0,1,2,"Größe/+",0'), 'unsubscribe Größe/+'],
    [wire('AT+LMQTTCFG="will",0,1,1,0,"Größe/tot","weg"'), 'will on Größe/tot, QoS 1'],
    [wire('AT+LMQTTCONN=0,"Zähler","Jürgen"'), 'connect as Zähler, user Jürgen'],
    ['AT+CFUN=0,1', 'restart'],
    ['AT+WHATEVER', undefined],
  ])('says what %j asks for', (line, words) => {
    expect(new Decoder().sent(line)).toBe(words);
  });

  it('lets the pending command decide what a line means', () => {
    const decoder = new Decoder();
    decoder.sent('AT+LMQTTCONN?');
    expect(decoder.received('+LMQTTCONN: 0,1')).toBe('initialising, no session');
    decoder.received('OK');
    decoder.sent('AT+LMQTTCONN=0,"me"');
    expect(decoder.received('OK')).toBe('accepted, the result follows');
    expect(decoder.received('+LMQTTCONN: 0,1')).toBe('connected: the broker accepted the session');
  });

  it('matches results in any order, and before their OK', () => {
    const decoder = new Decoder();
    decoder.sent('AT+LMQTTPUB=0,1,0,0,"t",1,"a"');
    decoder.received('OK');
    decoder.sent('AT+LMQTTPUB=0,2,1,0,"t",1,"b"');
    expect(decoder.received('+LMQTTPUB: 0,2,0')).toBe('message 2: sent and acknowledged');
    expect(decoder.received('OK')).toBeUndefined();
    expect(decoder.received('+LMQTTPUB: 0,1,0')).toBe('message 1: sent');
  });

  it('does not take the answer to AT+CGMI for a restart', () => {
    const decoder = new Decoder();
    decoder.sent('AT+CGMI');
    expect(decoder.received('Lierda')).toBe('manufacturer');
    decoder.received('OK');
    expect(decoder.received('Lierda NT26')).toBe('the module has restarted');
  });

  it('reads hex once the module was told to send it', () => {
    const decoder = new Decoder();
    expect(decoder.received('+LMQTTURC: RECV,0,7,"t",2,6869')).toBe('message on t: 6 bytes, 2,6869');
    decoder.sent('AT+LMQTTCFG="recv/mode",0,1,1');
    expect(decoder.received('+LMQTTURC: RECV,0,7,"t",2,6869')).toBe('message on t: 2 bytes, hi');
  });

  it('never tells a secret', () => {
    const decoder = new Decoder();
    const lines = [
      decoder.sent('AT+LMQTTCFG="aliauth",0,"pk","name","s3cret"'),
      decoder.sent('AT+LMQTTCONN=0,"id","user","s3cret"'),
      decoder.sent('AT+CPIN=s3cret'),
    ];
    expect(lines).toEqual(['device name of product pk', 'connect as id, user user', undefined]);
  });
});

describe('the golden transcripts', () => {
  it.each(transcriptNames())('%s are understood line by line', (name) => {
    expect(wordsOf(name)).toMatchSnapshot();
  });

  it.each(transcriptNames())('%s mean the same a byte at a time', (name) => {
    expect(wordsOf(name, true)).toEqual(wordsOf(name));
  });
});
