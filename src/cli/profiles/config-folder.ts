import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * Where atmqtt keeps what its user has set: `$XDG_CONFIG_HOME/atmqtt`, else `~/.config/atmqtt` [D: XDG Base Directory
 * Specification 0.8; a path that is not absolute is to be ignored], on Windows `%APPDATA%\atmqtt`.
 */
export function configFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const wanted = environment.XDG_CONFIG_HOME || (platform === 'win32' ? environment.APPDATA : undefined);
  const folder = wanted !== undefined && isAbsolute(wanted) ? wanted : join(homedir(), '.config');
  return join(folder, 'atmqtt');
}
