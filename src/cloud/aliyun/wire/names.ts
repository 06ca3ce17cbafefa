/** DeviceName: 4–32 of these, unique within its product; aliyun.md 3 [D]. */
export const DEVICE_NAME = /^[A-Za-z0-9\-_@.:]{4,32}$/;

/** The public endpoint of a product for MQTT, port 1883: aliyun.md 1 [D]. */
export function mqttHost(productKey: string, region: string): string {
  return `${productKey}.iot-as-mqtt.${region}.aliyuncs.com`;
}

export const MQTT_PORT = 1883;

/** Where devices register over HTTPS: aliyun.md 2a [D]. */
export function registrationUrl(region: string): string {
  return `https://iot-auth.${region}.aliyuncs.com`;
}

/** The path below that: aliyun.md 2a [D]. */
export const REGISTRATION_PATH = '/auth/register/device';

/** E.g. `cn-shanghai`, `ap-southeast-1`. */
export const REGION = /^[a-z]{2,}(?:-[a-z0-9]+)+$/;
