import { inProject } from '../../shared/project.js';
import type { Running } from './module.js';

/** What the others are compared with. */
export const NODE = 'node -e 0';

/** A program of one import. */
export function importing(name: string): string {
  return `import ${JSON.stringify(name)}`;
}

/** `mqtt` is the command line of MQTT.js: without a module, straight to the broker. */
export function commandsFor({
  url,
  brokerPort,
  retainedTopic,
}: Running): ReadonlyMap<string, readonly string[]> {
  const node = process.execPath;
  const atmqtt = [node, inProject('bin/atmqtt.js')];
  const mqtt = [node, inProject('node_modules/mqtt/build/bin/mqtt.js')];
  const program = [node, '--input-type=module', '-e'];
  const message = ['-t', 'bench', '-m', '21.5', '-q', '1'];
  const module = ['-p', url, '-b', 'mqtt://broker.example'];
  const broker = ['-h', '127.0.0.1', '-p', String(brokerPort)];
  return new Map([
    [NODE, [node, '-e', '0']],
    ['atmqtt --version', [...atmqtt, '--version']],
    ['atmqtt --help', [...atmqtt, '--help']],
    ['atmqtt info', [...atmqtt, 'info', '-p', url]],
    ['atmqtt pub', [...atmqtt, 'pub', ...module, ...message]],
    ['atmqtt sub -C 1', [...atmqtt, 'sub', ...module, '-t', retainedTopic, '-C', '1']],
    [importing('atmqtt'), [...program, importing('atmqtt')]],
    ['mqtt version', [...mqtt, 'version']],
    ['mqtt help', [...mqtt, 'help']],
    ['mqtt pub', [...mqtt, 'pub', ...broker, ...message]],
    [importing('mqtt'), [...program, importing('mqtt')]],
  ]);
}
