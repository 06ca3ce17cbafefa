/**
 * Command lines with a secret in them. Each pattern keeps group 1, masks group 2 and keeps group 3. The rest of
 * the line is masked when the quoting is broken: better too much than a secret in a log.
 */
const SECRET_PATTERNS: readonly RegExp[] = [
  // LMQTTCONN=<id>,"clientID","user","password"
  /(\+LMQTTCONN=\d+,"[^"]*","[^"]*",")([^\r\n]*?)("?\s*(?:$|[\r\n]))/gi,
  // LMQTTCFG="aliauth",<id>,"ProductKey","DeviceName","DeviceSecret", as a command and as the answer to its query
  /("aliauth",\d+,"[^"]*","[^"]*",")([^\r\n]*?)("?\s*(?:$|[\r\n]))/gi,
  // A SIM's PIN: TS 27.007 8.3
  /(\+CPIN=)([^\r\n]+)()/gi,
];

const MASK = '***';

/** The text with passwords, device secrets and PINs replaced by `***`. */
export function maskSecrets(text: string): string {
  let masked = text;
  for (const pattern of SECRET_PATTERNS) masked = masked.replace(pattern, `$1${MASK}$3`);
  return masked;
}
