import type { Degradation } from '../../../dialects/dialect.js';
import type { Advice } from '../finding.js';

/** What an earlier program may have left in the module, by the setting that the module refused to switch off. */
const CAUSES: Readonly<Record<string, string>> = {
  sslenable:
    'TLS is still on in the module, set by an earlier program: the module refused to switch it off (AT+LMQTTCFG="sslenable",0,0,0)',
  cloud:
    'the module still signs its login with a triple of an earlier program: it refused to be told otherwise (AT+LMQTTCFG="cloud",0,0,0)',
};

/** The advice with these causes in front, if there are any. */
export function withLeftBehind(advice: Advice, refused: readonly Degradation[]): Advice {
  const causes = refused.flatMap(({ setting }) => CAUSES[setting] ?? []);
  if (causes.length === 0) return advice;
  return {
    causes: [...causes, ...advice.causes],
    next: [
      'restart the module (AT+CFUN=0,1), which makes it forget its settings, and try again',
      ...advice.next,
    ],
  };
}
