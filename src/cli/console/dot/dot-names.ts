/** The names of the dot-commands; those of `.run` and of scripts need no more of them. */
const NAMES = [
  '.help',
  '.status',
  '.connect',
  '.disconnect',
  '.pub',
  '.sub',
  '.unsub',
  '.macro',
  '.run',
  '.trace',
  '.hex',
  '.time',
  '.baud',
  '.reset',
  '.quit',
];

export function dotNames(): readonly string[] {
  return NAMES;
}
