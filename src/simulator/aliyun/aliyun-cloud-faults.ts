import { ArgumentError } from '../../errors/kinds.js';
import {
  CLOUD_FAULTS,
  type CloudFault,
  type CloudFaultDefinition,
  cloudFaultUsage,
  type RegistrationFate,
} from './cloud-faults.js';

interface Active {
  /** As it was switched on, e.g. `error=503:2`. */
  readonly spec: string;
  readonly definition: CloudFaultDefinition;
  readonly fault: CloudFault;
}

/** The faults of a simulated cloud, switched by name at any time. */
export class AliyunCloudFaults {
  #active: readonly Active[] = [];

  /** What is on, as it was switched on. */
  get list(): readonly string[] {
    return this.#active.map(({ spec }) => spec);
  }

  /** Switches on `name` or `name=parameter`; anew if it is on. Throws an `ArgumentError`. */
  on(spec: string): void {
    const [name, argument] = splitSpec(String(spec));
    const definition = CLOUD_FAULTS.find((known) => known.name === name);
    if (definition === undefined || (argument !== undefined && definition.parameter === undefined)) {
      const known = CLOUD_FAULTS.map(cloudFaultUsage).join(', ');
      throw new ArgumentError('cloud fault', JSON.stringify(spec), `one of ${known}`);
    }
    const fault = definition.create(argument);
    this.off(name);
    const active = [...this.#active, { spec, definition, fault }];
    this.#active = CLOUD_FAULTS.flatMap((row) => active.filter((one) => one.definition === row));
  }

  /** Switches off `name`, or `name=parameter`. */
  off(spec: string): void {
    this.#active = this.#active.filter((one) => one.spec !== spec && one.definition.name !== spec);
  }

  clear(): void {
    this.#active = [];
  }

  /** ms by which answers come late. */
  get delay(): number {
    return this.#ask(({ delay }) => delay) ?? 0;
  }

  get isDeaf(): boolean {
    return this.#ask(({ deaf }) => deaf) ?? false;
  }

  /** To be asked once a registration. */
  registrationFate(): RegistrationFate | undefined {
    return this.#ask((fault) => fault.registrationFate?.());
  }

  /** To be asked once a CONNECT. */
  loginRefusal(): number | undefined {
    return this.#ask((fault) => fault.loginRefusal?.());
  }

  /** To be asked once a login. */
  dropsAfterLogin(): boolean {
    return this.#ask((fault) => fault.dropsAfterLogin?.() || undefined) ?? false;
  }

  #ask<T>(question: (fault: CloudFault) => T | undefined): T | undefined {
    for (const { fault } of this.#active) {
      const answer = question(fault);
      if (answer !== undefined) return answer;
    }
    return undefined;
  }
}

function splitSpec(spec: string): [string, string | undefined] {
  const equals = spec.indexOf('=');
  return equals < 0 ? [spec, undefined] : [spec.slice(0, equals), spec.slice(equals + 1)];
}
