/**
 * What is done before the next try to get a session, from gentle to rough:
 *
 * - `session`: nothing; every try has DISC, CLOSE, CFG, OPEN, CONN and the subscriptions.
 * - `radio`: the radio off and on.
 * - `reset`: a soft reset of the module and its start-up.
 * - `port`: the port closed and opened again, with a new port object, and the start-up.
 */
export type Rung = 'session' | 'radio' | 'reset' | 'port';

/** Where a failure happened: in a session that was up, between two attempts, on a rung, or in the try behind it. */
export type RecoveryStage =
  | 'up'
  | 'pause'
  | Exclude<Rung, 'session'>
  | 'network'
  | 'login'
  | 'session'
  | 'subscribe';
