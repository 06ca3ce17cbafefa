import { expect, it } from 'vitest';
import {
  MQTT_PORT,
  mqttHost,
  REGION,
  REGISTRATION_PATH,
  registrationUrl,
} from '../../../../src/cloud/aliyun/wire/names.js';

it('hosts are made of product and region', () => {
  expect(mqttHost('a1X2bEnP82z', 'cn-shanghai')).toBe('a1X2bEnP82z.iot-as-mqtt.cn-shanghai.aliyuncs.com');
  expect(MQTT_PORT).toBe(1883);
  expect(registrationUrl('cn-shanghai') + REGISTRATION_PATH).toBe(
    'https://iot-auth.cn-shanghai.aliyuncs.com/auth/register/device',
  );
});

it.each(['cn-shanghai', 'ap-southeast-1', 'us-east-1', 'eu-central-1'])('%s is a region', (region) => {
  expect(region).toMatch(REGION);
});

it.each(['', 'shanghai', 'CN-shanghai', 'cn-shanghai.evil.example', 'cn_shanghai', 'cn-shanghai\n', '-cn'])(
  '%j is none',
  (region) => {
    expect(region).not.toMatch(REGION);
  },
);
