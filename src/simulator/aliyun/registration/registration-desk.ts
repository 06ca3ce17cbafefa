import { EventEmitter } from 'node:events';
import type { AliyunCloudFaults } from '../aliyun-cloud-faults.js';
import type {
  RegistrationDecision,
  RegistrationFields,
  RegistrationService,
} from './registration-service.js';

/** A registration as the cloud saw it; no secret is in it. */
export interface RegistrationRecord {
  readonly way: 'http' | 'mqtt';
  readonly productKey: string | undefined;
  readonly deviceName: string | undefined;
  /** `lost`: nothing was done, by a fault. */
  readonly result: 'registered' | 'refused' | 'lost';
  /** Whether a fault kept the answer back. */
  readonly answered: boolean;
}

/** The decision, or what a fault makes of it: a status of HTTP, or the connection cut. */
export type RegistrationOutcome =
  | RegistrationDecision
  | { readonly status: number; readonly processed: boolean }
  | 'cut';

/** Where both ways of registering meet: the service behind, the faults in front. */
export class RegistrationDesk {
  readonly events = new EventEmitter<{ request: [record: RegistrationRecord] }>();
  readonly #service: RegistrationService;
  readonly #faults: AliyunCloudFaults;

  constructor(service: RegistrationService, faults: AliyunCloudFaults) {
    this.#service = service;
    this.#faults = faults;
  }

  /** ms by which an answer over HTTP comes late. */
  get delay(): number {
    return this.#faults.delay;
  }

  handle(way: RegistrationRecord['way'], fields: RegistrationFields): RegistrationOutcome {
    const fate = this.#faults.registrationFate();
    const decision = fate?.processed === false ? undefined : this.#service.register(fields);
    const { productKey, deviceName } = fields;
    const answered = fate === undefined;
    this.events.emit('request', { way, productKey, deviceName, result: resultOf(decision), answered });
    if (fate === undefined && decision !== undefined) return decision;
    const { status, processed = true } = fate ?? {};
    return status === undefined ? 'cut' : { status, processed };
  }
}

function resultOf(decision: RegistrationDecision | undefined): RegistrationRecord['result'] {
  if (decision === undefined) return 'lost';
  return 'triple' in decision ? 'registered' : 'refused';
}
