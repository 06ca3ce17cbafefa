import { describe, expect, it } from 'vitest';
import { cloudAddress } from '../../../src/cloud/aliyun/place.js';
import { ArgumentError } from '../../../src/errors/kinds.js';

const at = (place: object, scheme: 'mqtt' | 'mqtts' = 'mqtt') => cloudAddress('a1X2bEnP82z', place, scheme);

describe('the cloud', () => {
  it('is at the endpoint of the product in a region', () => {
    const host = 'a1X2bEnP82z.iot-as-mqtt.cn-shanghai.aliyuncs.com';
    expect(at({ region: 'cn-shanghai' })).toEqual({ host, port: 1883, tls: false });
    expect(at({ region: 'cn-shanghai' }, 'mqtts')).toEqual({ host, port: 1883, tls: true });
  });

  it.each([
    ['iot-06z00.mqtt.iothub.aliyuncs.com', 'iot-06z00.mqtt.iothub.aliyuncs.com', 1883, false],
    ['h:443', 'h', 443, false],
    ['mqtt://h', 'h', 1883, false],
    ['mqtts://h', 'h', 1883, true],
    ['mqtts://h:443/', 'h', 443, true],
    ['192.0.2.7:21883', '192.0.2.7', 21883, false],
    ['[2001:db8::1]', '2001:db8::1', 1883, false],
    ['mqtts://[2001:db8::1]:443', '2001:db8::1', 443, true],
  ])('is at %s', (host, name, port, tls) => {
    expect(at({ host })).toEqual({ host: name, port, tls });
  });

  it.each([
    [{}, 'region', /^give a region or a host \(given: nothing\)$/],
    [{ region: 'cn-shanghai', host: 'h' }, 'region', /^give a region or a host \(given: region and host\)$/],
    [{ region: 'shanghai' }, 'region', /^region is "shanghai", but must be one such as cn-shanghai$/],
    [{ region: 7 }, 'region', /^region is 7, but/],
    [{ host: '' }, 'host', /^host is "", but/],
    [{ host: 7 }, 'host', /^host is 7, but/],
    [{ host: 'wss://h' }, 'host', /^host is "wss:\/\/h", but must be mqtt:\/\/ or mqtts:\/\//],
    [{ host: 'h/path' }, 'host', /, but must be a host and a port, and nothing behind them$/],
    [{ host: 'h:99999' }, 'host', /^host is "h:99999", but/],
    [{ host: 'user:hunter2@h' }, 'host', /^host is \*\*\*, but/],
    [{ host: 'user:hunter2@h/x' }, 'host', /^host is "\*\*\*@h\/x", but/],
  ])('is not at %j', (place, field, message) => {
    expect(() => at(place)).toThrow(message);
    expect(() => at(place)).toThrow(expect.objectContaining({ field }));
    expect(() => at(place)).toThrow(ArgumentError);
    expect(() => at(place)).not.toThrow(/hunter2/);
  });
});
