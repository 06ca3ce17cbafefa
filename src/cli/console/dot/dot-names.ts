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
  '.send',
  '.trace',
  '.log',
  '.hex',
  '.time',
  '.baud',
  '.lines',
  '.dtr',
  '.rts',
  '.break',
  '.reset',
  '.quit',
];

export function dotNames(): readonly string[] {
  return NAMES;
}
