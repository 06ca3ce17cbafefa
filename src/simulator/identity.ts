import type { ProfileName } from '../dialects/lmqtt/profiles.js';
import { checkOptions, namesOf } from '../errors/check-options.js';

/** Who a module says it is. */
export interface Identity {
  readonly manufacturer: string;
  readonly model: string;
  readonly revision: string;
  /** Answer to `AT+LGMR`. */
  readonly firmware: string;
  /** 15 digits. */
  readonly imei: string;
  /** As the module gives it: `iccidOf` reads 10 to 20 nibbles. */
  readonly iccid: string;
  /** 15 digits. */
  readonly imsi: string;
}

/** IMEI as in the transcripts [T]; `NT26KCNA00NNA-L…` [C]; everything else is made up. */
const COMMON = {
  manufacturer: 'Lierda',
  imei: '861326070275653',
  iccid: '89860422102280012345',
  imsi: '460045012345678',
};

const IDENTITIES: Readonly<Record<ProfileName, Identity>> = {
  nt26: { ...COMMON, model: 'NT26-KCN', revision: 'NT26KCNA00NNA', firmware: 'NT26KCNA00NNA-L01S' },
  nt35e: { ...COMMON, model: 'NT35E', revision: 'NT35ECNA00NNA', firmware: 'NT35ECNA00NNA-L01S' },
};

/** The identity of a profile, with what the caller knows better. */
export function identityOf(profile: ProfileName, known: Partial<Identity> = {}): Identity {
  const usual = IDENTITIES[profile];
  checkOptions(known, namesOf(usual), {
    field: 'identity',
    prefix: 'identity.',
    example: "{ imei: '861326070275653' }",
  });
  return { ...usual, ...known };
}
