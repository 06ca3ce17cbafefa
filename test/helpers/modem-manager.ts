import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startDaemon } from './daemon.js';

const SERVER = '/usr/sbin/ModemManager';

export const hasModemManager =
  existsSync(SERVER) &&
  ['dbus-daemon', 'dbus-send', 'mmcli'].every((tool) => spawnSync(tool, ['--version']).error === undefined);

if (!hasModemManager)
  console.warn(
    'SKIPPED: the test with ModemManager needs it, dbus-daemon and dbus-send, which are not installed',
  );

const run = promisify(execFile);

/** What `mmcli -m any --output-json` says below `modem`. */
export interface ManagedModem {
  readonly generic: Readonly<Record<string, unknown>>;
  readonly '3gpp': Readonly<Record<string, unknown>>;
}

export interface ModemManager {
  /** Has it manage and switch on the module at this TCP port; resolves when the network is found. */
  manage(port: number): Promise<ManagedModem>;
  /** The networks in reach, as `mmcli --3gpp-scan` has them. */
  scan(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/**
 * ModemManager on a bus of its own. Without udev it takes no pseudo-terminal, as it looks for each device below /sys; the
 * interface of its own tests takes sockets.
 */
export async function startModemManager(): Promise<ModemManager> {
  const folder = await mkdtemp(join(tmpdir(), 'atmqtt-modem-manager-'));
  const address = `unix:path=${join(folder, 'bus')}`;
  const config = join(folder, 'bus.conf');
  await writeFile(
    config,
    `<busconfig><listen>${address}</listen><auth>EXTERNAL</auth><policy context="default">
<allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy></busconfig>`,
  );
  const bus = startDaemon('dbus-daemon', [`--config-file=${config}`, '--nofork', '--print-address=1']);
  await bus.printed(/^unix:/m);
  const env = { ...process.env, DBUS_SESSION_BUS_ADDRESS: address, DBUS_SYSTEM_BUS_ADDRESS: address };
  const own = ['session', 'no-udev', 'no-qrtr', 'no-suspend-resume', 'enable'].map(
    (name) => `--test-${name}`,
  );
  const manager = startDaemon(SERVER, [...own, '--no-auto-scan', '--debug'], { env });
  await manager.printed(/service name 'org\.freedesktop\.ModemManager1' was acquired/);
  const sockets = createServer();
  const mmcli = async (...args: string[]) => {
    const { stdout } = await run('mmcli', ['-m', 'any', '--output-json', ...args], { env });
    return stdout.startsWith('{') ? JSON.parse(stdout) : undefined;
  };
  return {
    async manage(port) {
      const path = join(folder, 'module');
      sockets.on('connection', (socket) => {
        const module = connect(port, '127.0.0.1');
        socket.pipe(module).pipe(socket);
        for (const end of [socket, module]) end.on('error', () => {});
      });
      await new Promise<void>((resolve) => sockets.listen(path, resolve));
      const name = 'org.freedesktop.ModemManager1';
      const profile = ['string:atmqtt', 'string:generic', `array:string:${path}`];
      await run(
        'dbus-send',
        [
          '--session',
          '--print-reply',
          `--dest=${name}`,
          `/${name.replaceAll('.', '/')}`,
          `${name}.Test.SetProfile`,
          ...profile,
        ],
        { env },
      );
      await manager.printed(/exported modem at path/);
      await mmcli('--enable');
      await manager.printed(/state changed \(\w+ -> registered\)/);
      return (await mmcli()).modem;
    },
    async scan() {
      return (await mmcli('--3gpp-scan', '--timeout=30')).modem['3gpp']['scan-networks'];
    },
    async stop() {
      await manager.stop();
      await bus.stop();
      await new Promise((resolve) => sockets.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
