import { maskNamed, NAMED_SECRET } from './named-secrets.js';

/** Where a secret can begin: the text behind group 1 is looked at, as far as the end of the line. */
interface SecretPlace {
  readonly marker: RegExp;
  mask(rest: string, start: string): string;
}

const MASK = '***';

/** What is left of the key's end, the id, at most two quoted parameters, then the end of the line, or the words of an error that quotes the line. */
const PUBLIC_ONLY = /^"?,?\d*(?:,?"[^"]*"(?:,"[^"]*")?)?(?:$|: |\s+$|\\[rn][^"]*$)/;

/** As `PUBLIC_ONLY`, without any quoted parameter. */
const ID_ONLY = /^"?,?\d*(?:$|: |\s+$|\\[rn][^"]*$)/;

/** Two quoted parameters, then the opening quote of the secret. */
const PUBLIC_PART = /^"?,?\d*,?"[^"]*","[^"]*",/;

/** The closing quote of a secret, and the end of the line or the words of an error behind it. */
const AFTER_SECRET = /"(?:$|: .*|\s+|\\[rn].*)$/;

const PLACES: readonly SecretPlace[] = [
  // LMQTTCONN=<id>,"clientID","user","password"
  { marker: /(LMQTTCONN=)([^\r\n]*)/gi, mask: maskThird },
  // LMQTTCFG="aliauth",<id>,"ProductKey","DeviceName","DeviceSecret", and the answer to its query
  { marker: /(LMQTTCFG[=:]? ?"?aliauth|aliauth(?=[",]))([^\r\n]*)/gi, mask: maskTriple },
  // Any of them with a garbled name or key: nothing else has three quoted parameters in a row behind one of either
  { marker: /(\d,|"[^"\r\n]*",)("[^"\r\n]*","[^"\r\n]*","[^\r\n]*)/g, mask: maskThird },
  // A registration: JSON in a downlink or quoted in an error, or the fields of a form
  { marker: NAMED_SECRET, mask: (rest, name) => maskNamed(name, rest, maskSecrets) },
  // The downlink that brings a secret or a token, in any form
  { marker: /("\/ext\/reg(?:ister|nwl)",)([^\r\n]*)/g, mask: () => MASK },
  // PINs and passwords of the SIM, and of the APN: TS 27.007 8.3, 7.4, 7.5, 10.1.31
  { marker: /(\+(?:CPIN|CLCK|CPWD|CGAUTH)=)([^\r\n]+)/gi, mask: (rest) => MASK + wordsBehind(rest) },
];

/** The text with passwords, device secrets and PINs replaced by `***`. */
export function maskSecrets(text: string): string {
  let masked = text;
  for (const { marker, mask } of PLACES) {
    masked = masked.replace(marker, (_all, start: string, rest: string) => start + mask(rest, start));
  }
  return masked;
}

/** Masks the third quoted parameter; all of them when the quoting is broken: better too much than a secret in a log. */
function maskThird(rest: string): string {
  const open = PUBLIC_PART.exec(rest)?.[0];
  if (open === undefined) {
    const shown = PUBLIC_ONLY.exec(rest)?.[0];
    return shown === undefined ? MASK : shown + maskSecrets(rest.slice(shown.length));
  }
  const secret = rest.slice(open.length);
  if (!secret.startsWith('"')) return open + MASK;
  const close = AFTER_SECRET.exec(secret.slice(1));
  return `${open}"${MASK}${close === null ? '' : maskSecrets(close[0])}`;
}

/** As `maskThird`; a triple that lacks a part is no public pair of names: the part that is there may be the secret. */
function maskTriple(rest: string): string {
  if (PUBLIC_PART.test(rest)) return maskThird(rest);
  const shown = ID_ONLY.exec(rest)?.[0];
  return shown === undefined ? MASK : shown + maskSecrets(rest.slice(shown.length));
}

/** What an error says behind the line that it quotes; a module may quote the line once more. */
function wordsBehind(rest: string): string {
  return maskSecrets(/: .*$/.exec(rest)?.[0] ?? '');
}
