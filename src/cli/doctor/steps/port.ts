import { lookup } from 'node:dns/promises';
import type { PortInfo } from '../../../transport/list-ports.js';
import { EXIT } from '../../exit-codes.js';
import { type Finding, fail, ok } from '../finding.js';
import type { Patient, Plan } from '../patient.js';
import { deviceFile } from '../port/device-file.js';
import { knownPorts, portWords } from '../port/known-ports.js';
import { similarNames } from '../port/similar-names.js';
import type { Step } from '../step.js';
import type { Target } from '../target.js';

/** Whether there is such a port: a device of this machine, or a host for TCP. */
export const PORT: Step = {
  name: 'port',
  title: 'port exists',
  needs: [],
  applies: ({ target }) => target.kind !== 'inner',
  examine: (patient) => {
    const { target } = patient.plan;
    return target.kind === 'tcp' ? examineHost(target) : examineDevice(patient);
  },
};

/** Whether the port is a device file, with an owner and rights; Windows has none. */
export function isDeviceFile({ target }: Plan): boolean {
  return target.kind === 'device' && process.platform !== 'win32';
}

export function devicePath({ target }: Plan): string {
  return target.kind === 'device' ? target.settings.path : target.source;
}

async function examineDevice(patient: Patient): Promise<Finding> {
  const path = devicePath(patient.plan);
  const { ports, names } = await knownPorts(path);
  if (!isDeviceFile(patient.plan)) {
    const port = ports.find((known) => known.path.toUpperCase() === path.toUpperCase());
    return port === undefined ? missing(path, ports, names) : ok(portWords(port), { ...port });
  }
  const device = await deviceFile(path);
  if (device === undefined) return missing(path, ports, names);
  if (!device.isDevice) {
    return fail(`${path} is no device`, EXIT.PORT, {
      causes: ['the path is that of a file or a folder'],
      next: elsewhere(ports, []),
    });
  }
  patient.device.set(device);
  const port = ports.find((known) => known.path === device.realPath || known.path === path);
  const link = device.realPath === path ? [] : [`which is ${device.realPath}`];
  const always = port?.byId === undefined || port.byId === path ? [] : [`always ${port.byId}`];
  const words = [port === undefined ? path : portWords({ ...port, path }), ...link, ...always];
  return ok(words.join(', '), { path, realPath: device.realPath, byId: port?.byId ?? null });
}

function missing(path: string, ports: readonly PortInfo[], names: readonly string[]): Finding {
  const similar = similarNames(path, names);
  return fail(
    `there is no ${path}`,
    EXIT.PORT,
    {
      causes: [
        ...(similar.length === 0
          ? []
          : ['the name is another one: numbers change when a device is plugged in again']),
        'the device is not plugged in, or has no power',
        'its driver is not loaded (dmesg tells), or the container has not been given the device',
      ],
      next: elsewhere(ports, similar),
    },
    { path, similar, ports: ports.map((port) => port.path) },
  );
}

function elsewhere(ports: readonly PortInfo[], similar: readonly string[]): string[] {
  const list =
    ports.length === 0
      ? 'plug the device in and look with `atmqtt ports`: now there is no serial port that the system knows'
      : `the serial ports that there are: ${ports.map(portWords).join(', ')}`;
  return similar.length === 0 ? [list] : [`did you mean ${similar.join(' or ')}?`, list];
}

async function examineHost({ host, port }: Extract<Target, { kind: 'tcp' }>): Promise<Finding> {
  try {
    const { address } = await lookup(host);
    const words = address === host ? `TCP ${host} port ${port}` : `TCP ${host} (${address}) port ${port}`;
    return ok(words, { host, address, port });
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    return fail(
      `the host name ${host} is not known to this machine (${code})`,
      EXIT.PORT,
      {
        causes: ['the name is misspelt', 'the DNS of this machine does not answer'],
        next: [`getent hosts ${host}`],
      },
      { host, port, code },
    );
  }
}
