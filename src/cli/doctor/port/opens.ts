import type { Duplex } from 'node:stream';
import { SerialServerError } from '../../../errors/kinds.js';
import { ModemError } from '../../../errors/modem-error.js';
import { systemErrorName } from '../../../transport/serial-errors.js';
import { lineControl } from '../../../transport/transport.js';
import { delay } from '../../../util/delay.js';
import { EXIT } from '../../exit-codes.js';
import { hintFor } from '../../log.js';
import { type Advice, type Finding, fail, ok } from '../finding.js';
import { openLine } from '../line/line-probe.js';
import type { Plan, Step } from '../patient.js';
import { rateOf } from '../target.js';
import { devicePath } from './exists.js';
import { busyAdvice } from './free.js';

/** ms in which a serial server says that it does not give its port: it takes the connection first. */
const SERVER_TIME = 300;

/** Whether the port can be opened. */
export const OPEN: Step = {
  name: 'open',
  title: 'opens',
  needs: ['port', 'permission', 'free'],
  examine: async ({ plan, stream }): Promise<Finding> => {
    const { target } = plan;
    try {
      const line = await openLine(plan, target.source);
      // Stays for good: what happens between two steps is found by the next one.
      line.on('error', () => {});
      if (target.kind === 'tcp') await turnedAway(line, plan.signal);
      stream.set(line);
    } catch (error) {
      if (!(error instanceof ModemError) || plan.signal.aborted || error.code === 'INVALID_ARGUMENT')
        throw error;
      return fail(error.message, EXIT.PORT, adviceOn(error, plan), { code: error.code });
    }
    const baudRate = rateOf(target) ?? lineControl(stream.get())?.baudRate;
    const rtscts = target.kind === 'device' ? { rtscts: target.settings.rtscts ?? false } : {};
    return baudRate === undefined
      ? ok('it is open')
      : ok(`it is open, ${baudRate} bit/s`, { baudRate, ...rtscts });
  },
};

/** Resolves if the server keeps the connection for a moment; rejects with why it does not. */
async function turnedAway(line: Duplex, signal: AbortSignal): Promise<void> {
  const closed = new AbortController();
  const onClose = () => closed.abort();
  line.once('close', onClose);
  await delay(SERVER_TIME, AbortSignal.any([signal, closed.signal]));
  line.off('close', onClose);
  if (line.errored) throw line.errored;
}

function adviceOn(error: ModemError, plan: Plan): Advice {
  if (plan.target.kind === 'tcp') return serverAdvice(error);
  return openingAdvice(error, devicePath(plan));
}

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

const IN_USE = /\bin use\b|\bbusy\b|\bkicked off\b|\banother (?:client|user|connection)\b/i;
const NO_DEVICE =
  /\bopen failure\b|\bnot found\b|\bno such\b|\b(?:cannot|could not|failed to|unable to) open\b/i;

const CONFIGURATION = 'look at the configuration of the serial server';

/** Why a serial server does not give its port, or does not go on, and what to do there. */
export function serverAdvice(error: ModemError): Advice {
  if (!(error instanceof SerialServerError)) {
    return error.code === 'PORT_NOT_FOUND' ? UNREACHABLE : UNWILLING;
  }
  const { said, instead } = error;
  if (instead.length > 0) {
    return {
      causes: ['the port of the serial server has another protocol than that of the URL'],
      next: instead.map((url) => `give the URL that fits: -p ${url}`),
    };
  }
  if (IN_USE.test(said)) {
    return {
      causes: ['another client is connected to the serial server, or a program there holds its device'],
      next: ['end that client or program, then try again'],
    };
  }
  if (NO_DEVICE.test(said)) {
    return {
      causes: ['the device that the serial server is set up for does not exist there, or cannot be opened'],
      next: ['look at the machine of the serial server: is its device plugged in, and is its path right?'],
    };
  }
  return {
    causes: ['the serial server has ended the connection, for the reason that it gave'],
    next: [CONFIGURATION],
  };
}

const UNREACHABLE: Advice = {
  causes: [
    'nothing listens on that TCP port: the serial server is not running, or has another port',
    'a firewall, or another client has the only connection that the server allows',
  ],
  next: [`${CONFIGURATION} (ser2net: \`connection: accepter: tcp,<port>\`)`],
};

const UNWILLING: Advice = {
  causes: ['the serial server does not do what the URL asks for, or has ended the connection'],
  next: [`leave settings out of the URL; ${CONFIGURATION}`],
};
