/** EF_ICCID holds 10 bytes of two nibbles each: ETSI TS 102 221 section 13.2. */
const MOST = 20;

/** Shorter ones are no number of a card; cards have 18 to 20, and no standard says how few [A]. */
const FEWEST = 10;

/** Industry of telecommunications, with which each ICCID begins: ITU-T E.118 section 4.1.1. */
const TELECOM = '89';

/**
 * The number of a SIM card as all of this program compares and shows it, or undefined for what is none. Nibbles are 0 to
 * F in any place: operators of China use letters from the seventh on. What fills 18 or 19 digits up to 20 nibbles, F at
 * the end, does not belong to it, and an unwritten one (all F, all 0) is none. One whose nibbles are still in pairs as
 * on the card, low one first (TS 102 221 section 13.2), is turned round: it would begin with 98 [A].
 */
export function iccidOf(text: string): string | undefined {
  const nibbles = text.toUpperCase();
  if (!/^[\dA-F]+$/.test(nibbles) || nibbles.length > MOST) return undefined;
  const iccid = inOrder(nibbles).replace(/F+$/, '');
  return iccid.length < FEWEST || /^(.)\1*$/.test(iccid) ? undefined : iccid;
}

function inOrder(nibbles: string): string {
  if (nibbles.length !== MOST) return nibbles;
  const swapped = nibbles.replace(/(.)(.)/g, '$2$1');
  return swapped.startsWith(TELECOM) && !nibbles.startsWith(TELECOM) ? swapped : nibbles;
}

/**
 * Whether both are known and of one card. What was written down by an earlier version, or is none by the rule above, is
 * compared as it stands.
 */
export function isSameCard(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && comparable(one) === comparable(other);
}

function comparable(text: string): string {
  return iccidOf(text) ?? text.toUpperCase();
}
