import { MAX_CID, parseClientId, parseUsername } from '../../../cloud/aliyun/wire/client-id.js';
import { REGISTER, REGISTRATION_TOPIC } from '../../../cloud/aliyun/wire/registration.js';
import { DEFAULT_SIGN_METHOD } from '../../../cloud/aliyun/wire/signature.js';
import type { RegistrationReply, RegistrationRequest } from '../seams.js';
import type { RegistrationDesk, RegistrationOutcome } from './registration-desk.js';

/** Return codes of CONNACK: aliyun.md 2b [D]. */
const BAD_PARAMETERS = 2;
const TRY_AGAIN = 3;

/**
 * What a CONNECT with `authType` gets: aliyun.md 2b. `register` is served; `regnwl` (devices that are not registered in
 * the console) is refused.
 */
export function registrationReply(desk: RegistrationDesk, request: RegistrationRequest): RegistrationReply {
  const clientId = parseClientId(request.clientId);
  const names = parseUsername(request.username);
  const { cid = '', parameters = new Map<string, string>() } = clientId ?? {};
  if (cid === '' || cid.length > MAX_CID) return bad('the client id is not <cid>|key=value,…|');
  if (names === undefined) return bad('the user name is not <DeviceName>&<ProductKey>');
  if (parameters.get('authType') !== REGISTER) return bad('this authType is not served');
  // That it is refused is documented in neither case [A].
  if (parameters.get('securemode') !== '2') return bad('securemode is not 2');
  if (!request.tls) return bad('registration needs TLS');
  const outcome = desk.handle('mqtt', {
    ...names,
    random: parameters.get('random'),
    sign: request.password,
    signMethod: parameters.get('signmethod') ?? DEFAULT_SIGN_METHOD,
  });
  return replyOf(outcome);
}

function replyOf(outcome: RegistrationOutcome): RegistrationReply {
  if (outcome === 'cut') return 'cut';
  if ('status' in outcome) return outcome.processed ? 'cut' : { returnCode: TRY_AGAIN, reason: 'a fault' };
  if ('triple' in outcome) {
    return { topic: REGISTRATION_TOPIC, payload: Buffer.from(JSON.stringify(outcome.triple)) };
  }
  const { returnCode, message } = outcome.refusal;
  return { returnCode, reason: message };
}

function bad(reason: string): RegistrationReply {
  return { returnCode: BAD_PARAMETERS, reason };
}
