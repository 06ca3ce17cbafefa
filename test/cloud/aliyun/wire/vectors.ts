import type { DeviceTriple } from '../../../../src/dialects/dialect.js';

/** The triple of the vendor's samples: aliyun.md, vectors. */
export const SAMPLE: DeviceTriple = {
  productKey: 'a1X2bEnP82z',
  deviceName: 'example1',
  deviceSecret: 'ga7XA6KdlEeiPXQPpRbAjOZXwG8ydgSe',
};

/** The triple of the documentation's example: aliyun.md, vectors. */
export const DOCUMENTED: DeviceTriple = { productKey: 'pk', deviceName: 'device', deviceSecret: 'secret' };

/** Literal passwords of aliyun.md, section 1. */
export const LOGINS = [
  {
    triple: DOCUMENTED,
    form: { cid: '12345', method: 'hmacsha1', secureMode: 3, timestamp: '789' },
    clientId: '12345|securemode=3,signmethod=hmacsha1,timestamp=789|',
    username: 'device&pk',
    password: 'fafd82a3d602b37fb0fa8b7892f24a477f851a14',
  },
  {
    triple: SAMPLE,
    form: {
      cid: 'a1X2bEnP82z.example1',
      method: 'hmacsha256',
      secureMode: 2,
      timestamp: '2524608000000',
    },
    clientId: 'a1X2bEnP82z.example1|securemode=2,signmethod=hmacsha256,timestamp=2524608000000|',
    username: 'example1&a1X2bEnP82z',
    password: 'b8ce8f1d706dd3c61d13bfd9855def7e321b785084ca9c93f0169a2b46785dd2',
  },
  {
    triple: SAMPLE,
    form: { cid: 'example1', method: 'hmacsha1', secureMode: 3, timestamp: '20130219' },
    clientId: 'example1|securemode=3,signmethod=hmacsha1,timestamp=20130219|',
    username: 'example1&a1X2bEnP82z',
    password: '268efad31f5a22fbb7a6867eb54311dd0421f9c8',
  },
] as const;
