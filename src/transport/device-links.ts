import { realpath } from 'node:fs/promises';
import { byIdLinks } from './list-ports.js';

/** Where udev keeps links to serial ports: by what the device is, and by the socket that it is plugged into. */
export const LINK_FOLDERS: readonly string[] = ['/dev/serial/by-id', '/dev/serial/by-path'];

/** The link to the device in the first folder that has one; undefined if there is none, or no such device. */
export async function linkTo(
  device: string,
  folders: readonly string[] = LINK_FOLDERS,
): Promise<string | undefined> {
  const path = await realpath(device).catch(() => undefined);
  if (path === undefined) return undefined;
  for (const folder of folders) {
    const link = (await byIdLinks(folder)).get(path);
    if (link !== undefined) return link;
  }
  return undefined;
}
