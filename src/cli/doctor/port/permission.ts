import { linkTo } from '../../../transport/same-device.js';
import { EXIT } from '../../exit-codes.js';
import { type Advice, type Finding, fail, ok } from '../finding.js';
import type { Step } from '../patient.js';
import {
  type DeviceFile,
  type Group,
  groupOf,
  mayReadAndWrite,
  ownerName,
  thisUser,
  type User,
} from './device-file.js';
import { devicePath, isDeviceFile } from './exists.js';

/** Where udev keeps links by what a device is; those by its socket would name another device there. */
const BY_ID = '/dev/serial/by-id';

/** Whether this user may open the device. */
export const PERMISSION: Step = {
  name: 'permission',
  title: 'permitted',
  needs: ['port'],
  applies: isDeviceFile,
  examine: async ({ plan, device: found }) => {
    const path = devicePath(plan);
    const device = found.get();
    const user = thisUser();
    const [owner, group] = [await ownerName(device.uid), await groupOf(device.gid)];
    if (!(await mayReadAndWrite(path))) {
      const link = await linkTo(path, [BY_ID]);
      return refusalFinding({ path, device, owner, group, user, link });
    }
    const mode = `0${device.mode.toString(8)}`;
    const words = `${user.name} may read and write it (${owner}:${group.name}, mode ${mode})`;
    return ok(words, { user: user.name, owner, group: group.name, mode });
  },
};

interface Refusal {
  readonly path: string;
  readonly device: DeviceFile;
  /** Its link in /dev/serial/by-id, where the system made one. */
  readonly link?: string | undefined;
  readonly owner: string;
  readonly group: Group;
  readonly user: User;
}

/** What read and write for the group are in the mode. */
const GROUP_RIGHTS = 0o060;

/** Groups that everybody would have to be in to be refused nothing: nobody should be told to join these. */
const NO_GROUP_TO_JOIN = ['root', 'wheel', 'nogroup', 'nobody'];

/** Why the user may not open the device, and the command that changes it. */
export function refusalFinding(refusal: Refusal): Finding {
  const { path, device, owner, group, user } = refusal;
  const mode = `0${device.mode.toString(8)}`;
  return fail(
    `${user.name} may not read and write ${path}: it belongs to ${owner}:${group.name}, mode ${mode}`,
    EXIT.PORT,
    advice(refusal),
    { path, owner, group: group.name, mode, user: user.name },
  );
}

function advice({ device, group, user, link }: Refusal): Advice {
  const { realPath } = device;
  const open = (device.mode & GROUP_RIGHTS) === GROUP_RIGHTS;
  const joinable = open && !NO_GROUP_TO_JOIN.includes(group.name);
  if (!joinable) {
    return {
      causes: [
        open
          ? `the device is for the group ${group.name}, which is not for users`
          : 'the device gives its group no right to read and write',
      ],
      next: [
        `sudo chgrp dialout ${realPath} && sudo chmod g+rw ${realPath}   (until it is plugged in again)`,
        `for good, a udev rule: echo '${ruleMatch(realPath, link)}, GROUP="dialout", MODE="0660"' | ` +
          'sudo tee /etc/udev/rules.d/99-atmqtt.rules, then sudo udevadm control --reload',
      ],
    };
  }
  if (group.members.includes(user.name)) {
    return {
      causes: [`${user.name} has been added to the group ${group.name}, but is still logged in as before`],
      next: [`log out and in again, or for this terminal: newgrp ${group.name}`],
    };
  }
  return {
    causes: [`${user.name} is not in the group ${group.name}`],
    next: [
      `sudo usermod -aG ${group.name} ${user.name}`,
      `then log out and in again, or for this terminal: newgrp ${group.name}`,
    ],
  };
}

/**
 * This device alone: by the link that names its USB device and comes back with it, as the kernel's number may not; a
 * port without one is part of the board, and keeps its name.
 */
function ruleMatch(realPath: string, link: string | undefined): string {
  if (link === undefined) return `KERNEL=="${realPath.slice(realPath.lastIndexOf('/') + 1)}"`;
  return `SUBSYSTEM=="tty", SYMLINK=="${link.replace(/^\/dev\//, '')}"`;
}
