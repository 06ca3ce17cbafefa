import type { Qos } from '../../dialects/dialect.js';

/** Who is, or was, logged in. */
export interface DeviceLogin {
  readonly productKey: string;
  readonly deviceName: string;
  /** What its client id began with. */
  readonly cid: string;
}

/** A message of a device. */
export interface DeviceMessage extends DeviceLogin {
  readonly topic: string;
  readonly payload: Buffer;
  readonly qos: Qos;
}

/** A CONNECT that was not accepted; as much of who it was as could be read. */
export interface LoginRefusal extends Partial<DeviceLogin> {
  /** Of CONNACK. */
  readonly returnCode: number;
  /** In words, without a secret. */
  readonly reason: string;
}

/** Why the cloud ended a session. */
export type KickReason = 'another login' | 'by hand' | 'QoS 2';

/** Why a session is over; `closed`: by the device, or by what lies between. */
export type OfflineReason = KickReason | 'keepalive' | 'closed';

export interface AliyunCloudEvents {
  /** A device is let in; CONNACK follows. */
  login: [login: DeviceLogin];
  refused: [refusal: LoginRefusal];
  /** The cloud ends a session; `offline` follows. */
  kicked: [login: DeviceLogin & { readonly reason: KickReason }];
  offline: [login: DeviceLogin & { readonly reason: OfflineReason }];
  /** A device published to a topic of its own. */
  published: [message: DeviceMessage];
  /** A device published to a topic that is not its own; nobody gets it. */
  dropped: [message: DeviceMessage];
}
