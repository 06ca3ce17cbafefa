import { describe, expect, it } from 'vitest';
import {
  formatTimeRequest,
  formatTimeResponse,
  isOwnTopic,
  parseSendTime,
  timeTopics,
} from '../../../../src/cloud/aliyun/wire/topics.js';

const DEVICE = { productKey: 'a1X2bEnP82z', deviceName: 'example1' };

describe('a device', () => {
  it.each([
    '/a1X2bEnP82z/example1/user/get',
    '/a1X2bEnP82z/example1/#',
    '/a1X2bEnP82z/example1/user/+',
    '/sys/a1X2bEnP82z/example1/thing/event/property/post',
    '/broadcast/a1X2bEnP82z/all',
    '/ota/device/inform/a1X2bEnP82z/example1',
    '/ext/ntp/a1X2bEnP82z/example1/request',
    '/shadow/update/a1X2bEnP82z/example1',
  ])('may use %s', (topic) => {
    expect(isOwnTopic(DEVICE, topic)).toBe(true);
  });

  it.each([
    'a1X2bEnP82z/example1/user/get',
    '/a1X2bEnP82z/example1',
    '/a1X2bEnP82z/example2/user/get',
    '/a1X2bEnP82z/example10/user/get',
    '/a1X2bEnP82z/+/user/get',
    '/a1X2bEnP82z/#',
    '/+/example1/user/get',
    '/sys/a1X2bEnP82z/example2/thing',
    '/broadcast/a1X2bEnP82y/all',
    '/ota/device/inform/a1X2bEnP82z/example2',
    '/ext/ntp/a1X2bEnP82z/example2/request',
    '/ext/register',
    '#',
    '',
  ])('may not use %j', (topic) => {
    expect(isOwnTopic(DEVICE, topic)).toBe(false);
  });
});

describe('the time service', () => {
  it('has two topics of the device', () => {
    expect(timeTopics(DEVICE)).toEqual({
      request: '/ext/ntp/a1X2bEnP82z/example1/request',
      response: '/ext/ntp/a1X2bEnP82z/example1/response',
    });
    for (const topic of Object.values(timeTopics(DEVICE))) expect(isOwnTopic(DEVICE, topic)).toBe(true);
  });

  it('brings back what it was sent', () => {
    expect(formatTimeRequest('1571724098000')).toBe('{"deviceSendTime":"1571724098000"}');
    const response = formatTimeResponse({
      deviceSendTime: '1571724098000',
      serverRecvTime: '1571724098110',
      serverSendTime: '1571724098115',
    });
    expect(parseSendTime(Buffer.from(response))).toBe('1571724098000');
    expect(parseSendTime(Buffer.from('{"deviceSendTime":1571724098000}'))).toBe('1571724098000');
  });

  it.each(['', 'null', '[]', '{}', '{"deviceSendTime":{}}', '{"deviceSendTime":"1"', '7'])(
    'says nothing with %j',
    (payload) => {
      expect(parseSendTime(Buffer.from(payload))).toBeUndefined();
    },
  );
});
