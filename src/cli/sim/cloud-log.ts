import type { AliyunCloud } from '../../simulator/aliyun/aliyun-cloud.js';

/** Tells what happens at a simulated cloud, one line each, without secrets. */
export function followCloud({ events, registration }: AliyunCloud, tell: (line: string) => void): void {
  const say = (...words: readonly (string | undefined)[]): void => {
    const line = ['cloud', ...words].filter((word) => word !== undefined).join(' ');
    tell(line.replace(/\p{Cc}/gu, '?'));
  };
  events.on('login', ({ deviceName, cid }) => say('login', deviceName, `as ${cid}`));
  events.on('refused', ({ deviceName, returnCode, reason }) =>
    say('refused', deviceName, `with ${returnCode}: ${reason}`),
  );
  events.on('offline', ({ deviceName, reason }) => say('offline', deviceName, `(${reason})`));
  events.on('published', ({ deviceName, topic, payload }) =>
    say('published', deviceName, topic, `${payload.length} bytes`),
  );
  events.on('dropped', ({ deviceName, topic }) => say('dropped', deviceName, `${topic}: not its own topic`));
  registration.events.on('request', ({ way, deviceName, result, answered }) =>
    say('registration', deviceName, `over ${way}: ${result}`, answered ? undefined : 'and not answered'),
  );
}
