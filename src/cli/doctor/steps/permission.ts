import { linkTo } from '../../../transport/device-links.js';
import { ok } from '../finding.js';
import { groupOf, mayReadAndWrite, ownerName, thisUser } from '../port/device-file.js';
import { refusalFinding } from '../port/permission.js';
import type { Step } from '../step.js';
import { devicePath, isDeviceFile } from './port.js';

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
