import { PROFILES, type Profile, type ProfileName } from '../../../dialects/lmqtt/profiles.js';
import type { Identity } from '../../../modem/identity.js';
import { type Facts, type Finding, ok, warn } from '../finding.js';

/** Models that speak LMQTT, by what `AT+CGMM` or the firmware says: dialect, head and section 7 [C]. */
const MODELS: readonly { readonly pattern: RegExp; readonly profile: ProfileName }[] = [
  { pattern: /NT35E/i, profile: 'nt35e' },
  { pattern: /NT26/i, profile: 'nt26' },
];

type Names = Pick<Identity, 'manufacturer' | 'model' | 'revision' | 'firmware'>;

/** The profile that fits, or undefined for a module that is not known. */
export function profileOf({ model, revision, firmware = '' }: Names): ProfileName | undefined {
  return MODELS.find(({ pattern }) => [model, revision, firmware].some((name) => pattern.test(name)))
    ?.profile;
}

const NO_IMEI = {
  causes: ['no IMEI was ever written into the module, or its firmware does not report it'],
  next: ['have the module repaired or exchanged: networks turn away modules without an IMEI'],
};

/** `inUse`: the profile of the plan, `given` if the user has named it. */
export function modelFinding(
  identity: Names & Pick<Identity, 'imei' | 'problems'>,
  inUse: string,
  given: boolean,
): Finding {
  const { manufacturer, model, revision, firmware, imei, problems = {} } = identity;
  const known = profileOf(identity);
  const name = [manufacturer, model].filter((part) => part !== '').join(' ') || 'a module without a name';
  const version = firmware ?? (revision || 'unknown');
  const profile = PROFILES[known ?? (inUse as ProfileName)];
  const facts: Facts = {
    ...{
      manufacturer,
      model,
      revision,
      firmware: firmware ?? null,
      imei: imei ?? null,
      profile: known ?? null,
    },
    limits: { inline: profile.inlineLimit, payload: profile.payloadLimit },
  };
  const words = `${name}, firmware ${version}, IMEI ${imei ?? `unknown (${problems.imei})`}`;
  if (imei === undefined) return warn(words, NO_IMEI, facts);
  if (known === undefined) return unknown(words, profile, facts);
  if (known !== inUse) return otherProfile(words, known, given, facts);
  return ok(`${words}; ${limitWords(profile)}`, facts);
}

function limitWords({ name, inlineLimit, payloadLimit }: Profile): string {
  return `known as ${name}: ${inlineLimit} bytes inline, ${payloadLimit} in data mode`;
}

function unknown(words: string, profile: Profile, facts: Facts): Finding {
  return warn(
    `${words}: not known to atmqtt; taken for ${profile.name}`,
    {
      causes: ['it may have the LMQTT commands all the same, with other limits, or no MQTT of its own'],
      next: [
        'AT+LMQTTCONN? tells whether the commands are there: anything but ERROR is a good sign [A]',
        `assumed: ${profile.inlineLimit} bytes inline, ${profile.payloadLimit} in data mode, QoS 0 with message id ` +
          `${profile.zeroMessageIdForQos0 ? '0' : '1 to 65535'}; --module takes another profile`,
      ],
    },
    facts,
  );
}

function otherProfile(words: string, known: ProfileName, given: boolean, facts: Facts): Finding {
  return warn(
    `${words}: this is a module of the profile ${known}`,
    {
      causes: [
        given ? 'another profile was given with --module' : 'without --module another profile is taken',
      ],
      next: [`give --module ${known} to pub and sub: message ids of QoS 0 and the inline limit differ`],
    },
    facts,
  );
}
