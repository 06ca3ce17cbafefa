import type { ModemError } from '../../../errors/modem-error.js';
import { systemErrorName } from '../../../transport/serial-errors.js';
import { hintFor } from '../../hints.js';
import type { Advice } from '../finding.js';
import { busyAdvice } from './busy.js';

const DRIVER_SAYS = 'dmesg | tail   (what the driver says)';

/** What to do about a device that its rights let this user open, and that could not be opened all the same. */
export function openingAdvice(error: ModemError, path: string): Advice {
  if (error.code === 'PORT_BUSY') return busyAdvice(path, []);
  const name = systemErrorName(error.cause);
  return (name === undefined ? undefined : advices(path)[name]) ?? otherAdvice(error);
}

/** By the name that the system has for the error. */
function advices(path: string): Readonly<Record<string, Advice>> {
  const noHardware: Advice = {
    causes: [
      'the file of the device is left over, or was made by hand: no driver serves it',
      'the device was unplugged a moment ago',
    ],
    next: ['atmqtt ports   (the ports that the system knows)', DRIVER_SAYS],
  };
  const notSerial: Advice = {
    causes: ['the path is that of something else than a serial port'],
    next: ['atmqtt ports   (the ports that the system knows)'],
  };
  return {
    EPERM: {
      causes: [
        'this is a container that was not given the device: its rights do not matter then',
        'this is a service of systemd with PrivateDevices= or DeviceAllow=',
        'a security module (AppArmor, SELinux, snap) forbids it',
      ],
      next: [
        `give the device to the container: docker run --device ${path} …, or devices: in a compose file`,
        `in the unit of the service: PrivateDevices=no and DeviceAllow=${path} rw`,
        'journalctl -k | grep -i denied   (what a security module says)',
      ],
    },
    EACCES: {
      causes: [
        'a security module (AppArmor, SELinux, snap) forbids it: the rights of the file allow it',
        'the file is on a file system that is mounted with nodev',
      ],
      next: [
        'journalctl -k | grep -i denied   (what a security module says)',
        `findmnt -o TARGET,OPTIONS -T ${path}`,
      ],
    },
    ENXIO: noHardware,
    ENODEV: noHardware,
    EIO: {
      causes: [
        'there is no chip behind this name, as behind most /dev/ttyS…',
        'the device was unplugged a moment ago, or hangs',
      ],
      next: ['plug the device out and in again, or take its power away', DRIVER_SAYS],
    },
    ENOTTY: notSerial,
    EISDIR: notSerial,
    EMFILE: {
      causes: ['this process has as many files open as it may'],
      next: ['ulimit -n   (how many that is; LimitNOFILE= for a service of systemd)'],
    },
  };
}

function otherAdvice({ code }: ModemError): Advice {
  const hint = hintFor(code);
  return {
    causes: ['it is no serial port, its driver fails, or the rate is one that it cannot do'],
    next: [...(hint === undefined ? [] : [hint]), DRIVER_SAYS],
  };
}
