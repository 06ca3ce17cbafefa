/**
 * Every `code` a `ModemError` can carry, with the sentence that explains it. The codes are part of the public
 * API: programs compare them, so they never change their meaning.
 */
export const ERROR_CODES = {
  INVALID_ARGUMENT: 'a field given by the caller is refused; nothing was written',
  UNSUPPORTED: 'the module, its dialect or its firmware cannot do this',
  PORT_NOT_FOUND: 'there is no such port or host',
  PORT_NO_PERMISSION: 'this user may not open the port',
  PORT_BUSY: 'another process holds the port',
  PORT_FAILED: 'the port reported an error',
  PORT_CLOSED: 'the port vanished or was closed by the other side',
  CLOSED: 'close() or end() was called',
  ABORTED: 'the AbortSignal of the caller fired',
  TIMEOUT: 'a time limit ran out; `stage` says which',
  NOT_RESPONDING: 'the module does not answer AT',
  REBOOTED: 'the module restarted or powered down in the middle',
  COMMAND_FAILED: 'the module answered ERROR, +CME ERROR or +CMS ERROR',
  BAD_RESPONSE: 'the module answered something that cannot be understood',
  SIM_NOT_READY: 'no SIM, or it wants a PIN, or it failed',
  NOT_REGISTERED: 'the module is not registered with a network',
  OPEN_FAILED: 'the module could not open the connection to the broker',
  CONNECT_REFUSED: 'the broker answered CONNECT with a refusal',
  CONNECT_FAILED: 'CONNECT could not be sent, or its answer did not come',
  SUBSCRIBE_FAILED: 'the subscription failed',
  UNSUBSCRIBE_FAILED: 'the unsubscription failed',
  PUBLISH_FAILED: 'the message was not sent, or not acknowledged',
  PUBLISH_REFUSED: 'the broker closed the connection each time the message was sent',
  DISCONNECT_FAILED: 'the session or the connection could not be closed in order',
  SESSION_LOST: 'the MQTT session ended: link lost, or closed by the broker',
  NOT_CONNECTED: 'there is no MQTT session, and the request cannot wait for one',
  QUEUE_FULL: 'a bounded queue is full',
  EXPIRED: 'the time to live of a message was over before it was delivered',
  OUTBOX_BUSY: 'another process, or another client of this one, has the outbox file open',
  OUTBOX_UNUSABLE: 'the outbox file is no outbox, of a newer version, damaged, or cannot be read or written',
  LEDGER_BUSY: 'another process holds the ledger for too long',
  LEDGER_UNUSABLE:
    'the ledger is no ledger, of a newer version, damaged, or cannot be read or written, or the passphrase is wrong',
  FILE_REFUSED: 'a file of triples is refused as a whole; nothing of it was taken',
  NOT_PROVISIONED: 'the ledger has no verified triple for this module',
  REGISTRATION_FAILED: 'the registration was not asked for: the cloud cannot be reached, or wants it later',
  REGISTRATION_REFUSED: 'the cloud refused to register the device',
  REGISTRATION_UNANSWERED: 'the registration was asked for, and its answer is not known',
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;
