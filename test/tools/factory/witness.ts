import { EventEmitter } from 'node:events';
import type { AliyunCloud } from '../../../src/simulator/aliyun/aliyun-cloud.js';
import type { RegistrationRecord } from '../../../src/simulator/aliyun/registration/registration-desk.js';
import type { SimulatedModem } from '../../../src/simulator/simulated-modem.js';

/** Something that was seen from outside; times are ms since 1970. */
interface Sighting {
  readonly at: number;
  readonly deviceName: string;
}

/** A triple that a module was told. */
interface Heard extends Sighting {
  readonly imei: string;
  readonly productKey: string;
  readonly deviceSecret: string;
}

export interface Refusal extends Sighting {
  readonly returnCode: number;
}

export interface Registration extends Sighting {
  readonly result: RegistrationRecord['result'];
  readonly answered: boolean;
}

/** What moves the plan of a case on. */
interface WitnessEvents {
  command: [imei: string, line: string];
  login: [deviceName: string];
  proof: [deviceName: string];
  registration: [deviceName: string];
}

const ALIAUTH = /^AT\+LMQTTCFG="aliauth",0,"([^"]*)","([^"]+)","([^"]*)"/i;

/** Everything that modules heard and the cloud saw, whatever the station says of it. */
export class Witness extends EventEmitter<WitnessEvents> {
  readonly heard: Heard[] = [];
  readonly logins: Sighting[] = [];
  readonly proofs: Sighting[] = [];
  readonly refusals: Refusal[] = [];
  /** Sessions that the cloud saw end. */
  readonly offline: Sighting[] = [];
  readonly registrations: Registration[] = [];
  /** The last line that each module heard, by IMEI. */
  readonly lastLine = new Map<string, string>();
  /** Every secret of a device that there ever was, the last one is the one that counts; and that of the product. */
  readonly issued = new Map<string, string[]>();

  /** `name` is that of a device, or of a product. */
  issue(name: string, secret: string): void {
    this.issued.set(name, [...(this.issued.get(name) ?? []), secret]);
  }

  watchCloud(cloud: AliyunCloud): void {
    cloud.events.on('login', ({ deviceName }) => {
      this.logins.push({ at: Date.now(), deviceName });
      this.emit('login', deviceName);
    });
    cloud.events.on('refused', ({ deviceName = '', returnCode }) => {
      this.refusals.push({ at: Date.now(), deviceName, returnCode });
    });
    cloud.events.on('offline', ({ deviceName }) => this.offline.push({ at: Date.now(), deviceName }));
    cloud.events.on('published', ({ deviceName, topic }) => {
      if (!topic.startsWith('/ext/ntp/')) return;
      this.proofs.push({ at: Date.now(), deviceName });
      this.emit('proof', deviceName);
    });
    cloud.registration.events.on('request', ({ productKey = '', deviceName = '', result, answered }) => {
      this.registrations.push({ at: Date.now(), deviceName, result, answered });
      const secret = cloud.registry.find(productKey, deviceName)?.deviceSecret;
      if (result === 'registered' && secret !== undefined) this.issue(deviceName, secret);
      this.emit('registration', deviceName);
    });
  }

  watchModule(module: SimulatedModem, imei: string): void {
    module.on('command', (line) => {
      this.lastLine.set(imei, line);
      const [found, productKey = '', deviceName = '', deviceSecret = ''] = ALIAUTH.exec(line) ?? [];
      if (found !== undefined)
        this.heard.push({ at: Date.now(), imei, productKey, deviceName, deviceSecret });
      this.emit('command', imei, line);
    });
  }
}
