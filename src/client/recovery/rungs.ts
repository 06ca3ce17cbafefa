/**
 * What is done before the next try to get a session, from gentle to rough:
 *
 * - `session`: nothing; every try has DISC, CLOSE, CFG, OPEN, CONN and the subscriptions.
 * - `radio`: the radio off and on.
 * - `reset`: a soft reset of the module and its start-up.
 * - `port`: the port closed and opened again, with a new port object, and the start-up.
 */
export type Rung = 'session' | 'radio' | 'reset' | 'port';

/** Where a failure happened: on a rung, in the try behind it, or in a session that was up. */
export type RecoveryStage = Exclude<Rung, 'session'> | 'network' | 'session' | 'subscribe' | 'up';
