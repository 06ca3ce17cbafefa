import type { DialectWords, ProfileWords } from '../../../dialects/words.js';
import type { Identity } from '../../../modem/identity.js';
import { type Facts, type Finding, ok, warn } from '../finding.js';

/** What is known of the module, and what it is taken for. */
export interface Recognition {
  /** The profile that its names fit. */
  readonly known: string | undefined;
  /** The profile of the plan. */
  readonly inUse: string;
  /** Whether the user has named that. */
  readonly given: boolean;
  /** Of the dialect of the known profile, or else of that in use. */
  readonly words: Pick<DialectWords, 'profiles' | 'unknownModule'>;
}

const NO_IMEI = {
  causes: ['no IMEI was ever written into the module, or its firmware does not report it'],
  next: ['have the module repaired or exchanged: networks turn away modules without an IMEI'],
};

export function modelFinding(
  identity: Omit<Identity, 'imsi' | 'iccid'>,
  { known, inUse, given, words: dialect }: Recognition,
): Finding {
  const { manufacturer, model, revision, firmware, imei, problems = {} } = identity;
  const name = [manufacturer, model].filter((part) => part !== '').join(' ') || 'a module without a name';
  const version = firmware ?? (revision || 'unknown');
  const taken = known ?? inUse;
  const profile = dialect.profiles[taken] as ProfileWords;
  const facts: Facts = {
    ...{
      manufacturer,
      model,
      revision,
      firmware: firmware ?? null,
      imei: imei ?? null,
      profile: known ?? null,
    },
    limits: profile.facts,
  };
  const words = `${name}, firmware ${version}, IMEI ${imei ?? `unknown (${problems.imei})`}`;
  if (imei === undefined) return warn(words, NO_IMEI, facts);
  if (known === undefined)
    return unknown(`${words}: not known to atmqtt; taken for ${taken}`, profile, dialect, facts);
  if (known !== inUse) return otherProfile(words, known, given, facts);
  return ok(`${words}; known as ${taken}: ${profile.limits}`, facts);
}

function unknown(
  words: string,
  { assumed }: ProfileWords,
  { unknownModule }: Pick<DialectWords, 'unknownModule'>,
  facts: Facts,
): Finding {
  const advice = {
    causes: [unknownModule.cause],
    next: [unknownModule.next, `assumed: ${assumed}; --module takes another profile`],
  };
  return warn(words, advice, facts);
}

function otherProfile(words: string, known: string, given: boolean, facts: Facts): Finding {
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
