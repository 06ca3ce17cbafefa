import { access, constants, readFile, realpath, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';

/** A device as the file system shows it. */
export interface DeviceFile {
  /** Behind all links. */
  readonly realPath: string;
  readonly isDevice: boolean;
  /** Which device it is: two paths with the same number are one device. */
  readonly deviceNumber: number;
  readonly uid: number;
  readonly gid: number;
  /** Permission bits. */
  readonly mode: number;
}

/** Who this process is. */
export interface User {
  readonly name: string;
  readonly uid: number;
  /** Groups of this process: those at its login. */
  readonly groups: readonly number[];
}

/** A group of the system, from /etc/group. */
export interface Group {
  readonly name: string;
  readonly gid: number;
  readonly members: readonly string[];
}

/** Undefined if there is no such file. */
export async function deviceFile(path: string): Promise<DeviceFile | undefined> {
  try {
    const [realPath, found] = await Promise.all([realpath(path), stat(path)]);
    const { uid, gid, mode, rdev } = found;
    return {
      realPath,
      isDevice: found.isCharacterDevice(),
      deviceNumber: rdev,
      uid,
      gid,
      mode: mode & 0o777,
    };
  } catch {
    return undefined;
  }
}

export async function mayReadAndWrite(path: string): Promise<boolean> {
  return access(path, constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  );
}

export function thisUser(): User {
  const groups = [...(process.getgroups?.() ?? []), process.getgid?.() ?? -1];
  return { name: userName(), uid: process.getuid?.() ?? -1, groups };
}

/** A user id that has no name is normal in containers. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? '');
  }
}

/** The user's name by /etc/passwd, or the number. */
export async function ownerName(uid: number): Promise<string> {
  const rows = await rowsOf('/etc/passwd');
  return rows.find(([, , id]) => id === String(uid))?.[0] ?? String(uid);
}

/** The group by /etc/group; one that is not there has its number for a name. */
export async function groupOf(gid: number): Promise<Group> {
  const rows = await rowsOf('/etc/group');
  const [name = String(gid), , , members = ''] = rows.find(([, , id]) => id === String(gid)) ?? [];
  return { name, gid, members: members.split(',').filter((member) => member !== '') };
}

async function rowsOf(path: string): Promise<string[][]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.split('\n').map((line) => line.split(':'));
}
