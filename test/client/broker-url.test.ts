import { describe, expect, it } from 'vitest';
import { parseBrokerUrl } from '../../src/client/broker-url.js';
import { ArgumentError } from '../../src/errors/kinds.js';

describe('a broker URL', () => {
  it.each([
    ['mqtt://broker.example', 'broker.example', 1883, false],
    ['mqtts://broker.example', 'broker.example', 8883, true],
    ['mqtt://broker.example:1884/', 'broker.example', 1884, false],
    ['broker.example', 'broker.example', 1883, false],
    ['broker.example:8884', 'broker.example', 8884, false],
    ['10.0.0.7:1883', '10.0.0.7', 1883, false],
    ['MQTTS://Broker.Example', 'broker.example', 8883, true],
    ['mqtt://[2001:db8::7]:1999', '2001:db8::7', 1999, false],
    ['mqtt://bücher.example', 'xn--bcher-kva.example', 1883, false],
  ])('%s', (url, host, port, tls) => {
    expect(parseBrokerUrl(url)).toEqual({
      address: { host, port, tls },
      username: undefined,
      password: undefined,
    });
  });

  it('carries user name and password', () => {
    expect(parseBrokerUrl('mqtt://me%40home:p%22%2Fw@h')).toMatchObject({
      username: 'me@home',
      password: 'p"/w',
    });
    expect(parseBrokerUrl('user@h')).toMatchObject({ username: 'user', password: undefined });
    expect(parseBrokerUrl('mqtt://:pw@h')).toMatchObject({ username: undefined, password: 'pw' });
  });
});

describe('refuses', () => {
  const EXAMPLES = 'a URL such as mqtt://host:1883 or mqtts://host';
  const SCHEMES = 'mqtt:// or mqtts://, the module speaks MQTT over TCP or TLS only';
  const NOTHING_BEHIND = 'a host and a port, and nothing behind them';
  it.each([
    [undefined, 'undefined', EXAMPLES],
    [null, 'null', EXAMPLES],
    [1883, '1883', EXAMPLES],
    ['', '""', EXAMPLES],
    ['mqtt://', '"mqtt://"', EXAMPLES],
    ['mqtt://h:65536', '"mqtt://h:65536"', EXAMPLES],
    ['mqtt://h:x', '"mqtt://h:x"', EXAMPLES],
    ['mqtt://a b', '"mqtt://a b"', EXAMPLES],
    ['mqtt://ho\r\nst', '"mqtt://ho\\r\\nst"', EXAMPLES],
    [' h', '" h"', EXAMPLES],
    ['h\0', '"h\\x00"', EXAMPLES],
    ['mqtt://%ff', '"mqtt://%ff"', EXAMPLES],
    ['ws://h', '"ws://h"', SCHEMES],
    ['tcp://h:1883', '"tcp://h:1883"', SCHEMES],
    ['mqtt://h/path', '"mqtt://h/path"', NOTHING_BEHIND],
    ['mqtt://h?x=1', '"mqtt://h?x=1"', NOTHING_BEHIND],
    ['mqtt://h#x', '"mqtt://h#x"', NOTHING_BEHIND],
    ['mqtt://u:secret@h/path', '"mqtt://***@h/path"', NOTHING_BEHIND],
    ['u:secret@h/path', '"***@h/path"', NOTHING_BEHIND],
    ['mqtt://u:sec@ret/@h:x', '"mqtt://***@h:x"', NOTHING_BEHIND],
  ])('%j', (broker, shown, limit) => {
    expect(() => parseBrokerUrl(broker)).toThrow(new ArgumentError('broker', shown, limit));
  });

  it('what is not percent-encoded UTF-8, and never shows the password', () => {
    expect(() => parseBrokerUrl('mqtt://u:sec%ffret@h')).toThrow(
      'password is ***, but must be percent-encoded UTF-8 in the broker URL',
    );
    expect(() => parseBrokerUrl('mqtt://u%zz@h')).toThrow(/^username is \*\*\*, but/);
  });
});
