/** DeviceName: 4–32 of these, unique within its product; aliyun.md 3 [D]. */
export const DEVICE_NAME = /^[A-Za-z0-9\-_@.:]{4,32}$/;
