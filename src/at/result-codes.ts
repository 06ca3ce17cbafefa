/** A final result code: V.250 5.7.1, TS 27.007 9.2, TS 27.005 3.2.5. */
export interface FinalResult {
  readonly ok: boolean;
  /** The whole line, e.g. `+CME ERROR: 10`. */
  readonly text: string;
  /** The number behind `+CME ERROR` or `+CMS ERROR`, or that of the words that stand there. */
  readonly number: number | undefined;
  /** What the number means, in the words of the standard. */
  readonly meaning: string | undefined;
}

const OK: FinalResult = { ok: true, text: 'OK', number: undefined, meaning: undefined };

/**
 * The final result code that a line is, or undefined. A result code is a whole line: `LOOK` and `ERRORLOG v1` are
 * none. The other codes of V.250 (`NO CARRIER`, `BUSY`, …) end calls, which these modules are not used for.
 */
export function parseFinalResult(line: string): FinalResult | undefined {
  if (line === 'OK') return OK;
  if (line === 'ERROR') return { ok: false, text: line, number: undefined, meaning: undefined };
  const match = /^\+CM([ES]) ERROR: ?(.*)$/.exec(line);
  if (match === null) return undefined;
  return { ok: false, text: line, ...errorDetail(match[1] === 'E' ? 'E' : 'S', match[2] ?? '') };
}

/** Meanings of `+CME ERROR: <n>`: TS 27.007 9.2.1 to 9.2.3, those that a data module can meet. */
export const CME_ERRORS: ReadonlyMap<number, string> = new Map([
  [0, 'phone failure'],
  [1, 'no connection to phone'],
  [2, 'phone adaptor link reserved'],
  [3, 'operation not allowed'],
  [4, 'operation not supported'],
  [5, 'PH-SIM PIN required'],
  [6, 'PH-FSIM PIN required'],
  [7, 'PH-FSIM PUK required'],
  [10, 'SIM not inserted'],
  [11, 'SIM PIN required'],
  [12, 'SIM PUK required'],
  [13, 'SIM failure'],
  [14, 'SIM busy'],
  [15, 'SIM wrong'],
  [16, 'incorrect password'],
  [17, 'SIM PIN2 required'],
  [18, 'SIM PUK2 required'],
  [20, 'memory full'],
  [21, 'invalid index'],
  [22, 'not found'],
  [23, 'memory failure'],
  [24, 'text string too long'],
  [25, 'invalid characters in text string'],
  [26, 'dial string too long'],
  [27, 'invalid characters in dial string'],
  [30, 'no network service'],
  [31, 'network timeout'],
  [32, 'network not allowed, emergency calls only'],
  [40, 'network personalization PIN required'],
  [41, 'network personalization PUK required'],
  [42, 'network subset personalization PIN required'],
  [43, 'network subset personalization PUK required'],
  [44, 'service provider personalization PIN required'],
  [45, 'service provider personalization PUK required'],
  [46, 'corporate personalization PIN required'],
  [47, 'corporate personalization PUK required'],
  [48, 'hidden key required'],
  [50, 'incorrect parameters'],
  [51, 'command implemented but currently disabled'],
  [52, 'command aborted by user'],
  [53, 'not attached to network'],
  [54, 'modem not allowed'],
  [100, 'unknown'],
  [103, 'illegal MS'],
  [106, 'illegal ME'],
  [107, 'GPRS services not allowed'],
  [111, 'PLMN not allowed'],
  [112, 'location area not allowed'],
  [113, 'roaming not allowed in this location area'],
  [132, 'service option not supported'],
  [133, 'requested service option not subscribed'],
  [134, 'service option temporarily out of order'],
  [148, 'unspecified GPRS error'],
  [149, 'PDP authentication failure'],
]);

/** Meanings of `+CMS ERROR: <n>`: TS 27.005 3.2.5, those that say something of the SIM, the memory or the network. */
const CMS_ERRORS: ReadonlyMap<number, string> = new Map([
  [300, 'ME failure'],
  [301, 'SMS service of ME reserved'],
  [302, 'operation not allowed'],
  [303, 'operation not supported'],
  [304, 'invalid PDU mode parameter'],
  [305, 'invalid text mode parameter'],
  [310, 'SIM not inserted'],
  [311, 'SIM PIN required'],
  [312, 'PH-SIM PIN required'],
  [313, 'SIM failure'],
  [314, 'SIM busy'],
  [315, 'SIM wrong'],
  [316, 'SIM PUK required'],
  [317, 'SIM PIN2 required'],
  [318, 'SIM PUK2 required'],
  [320, 'memory failure'],
  [321, 'invalid memory index'],
  [322, 'memory full'],
  [331, 'no network service'],
  [332, 'network timeout'],
  [500, 'unknown error'],
]);

/** Other words for the same, as later releases and other makers have them. */
const CME_SYNONYMS: ReadonlyMap<string, number> = new Map([
  ['memory full', 20],
  ['network not allowed - emergency calls only', 32],
  ['network not allowed - limited to emergency calls only', 32],
  ['unknown error', 100],
  ['illegal ms (#3)', 103],
  ['illegal me (#6)', 106],
  ['gprs services not allowed (#7)', 107],
  ['plmn not allowed (#11)', 111],
  ['location area not allowed (#12)', 112],
  ['roaming not allowed in this location area (#13)', 113],
  ['sim card not inserted', 10],
  ['no sim', 10],
  ['sim removed', 10],
  ['sim pin needed', 11],
  ['sim puk needed', 12],
  ['sim blocked', 12],
  ['sim not ready', 14],
]);

const CME_NUMBERS = numbers(CME_ERRORS, CME_SYNONYMS);
const CMS_NUMBERS = numbers(CMS_ERRORS);

/** What stands behind `+CME ERROR:` or `+CMS ERROR:`: a number, or with `AT+CMEE=2` words, as these are spelt anywhere. */
function errorDetail(
  kind: 'E' | 'S',
  detail: string,
): { readonly number: number | undefined; readonly meaning: string | undefined } {
  const [meanings, known] = kind === 'E' ? [CME_ERRORS, CME_NUMBERS] : [CMS_ERRORS, CMS_NUMBERS];
  const number = /^\s*\d+\s*$/.test(detail) ? Number(detail) : known.get(spelling(detail));
  return { number, meaning: number === undefined ? undefined : meanings.get(number) };
}

function numbers(
  meanings: ReadonlyMap<number, string>,
  synonyms: ReadonlyMap<string, number> = new Map(),
): ReadonlyMap<string, number> {
  return new Map([
    ...synonyms,
    ...[...meanings].map(([number, words]) => [spelling(words), number] as const),
  ]);
}

/** Case, quotes, spaces, a full stop and British spelling make no difference. */
function spelling(words: string): string {
  return words
    .toLowerCase()
    .replace(/personalis/g, 'personaliz')
    .replace(/["'.]/g, '')
    .replace(/[\s_]+/g, ' ')
    .trim();
}
