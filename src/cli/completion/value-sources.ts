import { listPorts } from '../../transport/list-ports.js';
import { profileStore } from '../profiles/profile-store.js';
import type { Candidate } from './candidate.js';

/** The values of options by their long name, and of arguments by command and name, looked up when they are wanted. */
export type ValueSources = Readonly<Record<string, () => Promise<readonly Candidate[]>>>;

/** Neither opens a port nor asks a module. */
export const VALUE_SOURCES: ValueSources = {
  '--port': ports,
  '--profile': profiles,
  '--save': profiles,
  'profiles name': profiles,
  '--fault': faults,
  '--cloud-fault': cloudFaults,
  '--broker': async () => [
    { word: 'mqtt://', help: 'MQTT over TCP' },
    { word: 'mqtts://', help: 'MQTT over TLS' },
  ],
};

async function ports(): Promise<readonly Candidate[]> {
  const found = await listPorts();
  return [
    ...found.map(({ path, looksLike, manufacturer }) => ({
      word: path,
      help: looksLike ?? manufacturer ?? 'serial port',
    })),
    { word: 'tcp://', help: 'serial server, raw' },
    { word: 'telnet://', help: 'serial server, telnet' },
    { word: 'rfc2217://', help: 'serial server, telnet with RFC 2217: ?baudRate=9600' },
    { word: 'sim:', help: 'simulated module' },
  ];
}

async function profiles(): Promise<readonly Candidate[]> {
  return (await profileStore().names()).map((word) => ({ word, help: 'profile' }));
}

async function faults(): Promise<readonly Candidate[]> {
  const { FAULTS } = await import('../../simulator/faults/fault-switches.js');
  return [LIST, ...FAULTS.map(faultCandidate)];
}

async function cloudFaults(): Promise<readonly Candidate[]> {
  const { CLOUD_FAULTS } = await import('../../simulator/aliyun/cloud-faults.js');
  return [LIST, ...CLOUD_FAULTS.map(faultCandidate)];
}

const LIST: Candidate = { word: 'list', help: 'list them all' };

/** With its `=` if it must have a value. */
function faultCandidate({ name, parameter, help }: { name: string; parameter?: string; help: string }) {
  const valued = parameter !== undefined && !parameter.startsWith('[');
  return { word: valued ? `${name}=` : name, help };
}
