import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { LinuxPortBinding } from '@serialport/bindings-cpp';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openTransport } from '../../src/transport/open.js';
import { lineControl } from '../../src/transport/transport.js';
import { hasPty, openPty, type Pty } from '../helpers/pty.js';
import { endings, readFrom } from '../helpers/streams.js';

/** What `stty` says of a flag or the rate of a terminal. */
function flag(path: string, name: string): string | undefined {
  const { stdout } = spawnSync('stty', ['-F', path, '-a'], { encoding: 'utf8' });
  return new RegExp(`-?\\b${name}\\b(?: \\d+)?`).exec(stdout)?.[0];
}

describe.skipIf(!hasPty || process.platform !== 'linux')('the lines in a serial URL', () => {
  let pty: Pty;
  beforeEach(async () => {
    pty = await openPty();
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    await pty.close();
  });

  async function open(query: string) {
    const port = await openTransport(`serial://${pty.path}?${query}`);
    const { closed } = endings(port);
    return async () => {
      port.destroy();
      expect(await closed).toEqual(['close']);
    };
  }

  describe.each(['poll', 'stock'])('by binding=%s', (binding) => {
    it.each([
      ['dtr=false', { dtr: false, rts: true }],
      ['rts=false', { dtr: true, rts: false }],
      ['dtr=false&rts=false', { dtr: false, rts: false }],
      ['dtr=true', { dtr: true, rts: true }],
    ])('sets %s, which a pseudo-terminal refuses and is forgiven for', async (query, lines) => {
      const set = vi.spyOn(LinuxPortBinding.prototype, 'set');
      const close = await open(`binding=${binding}&${query}`);
      expect(set.mock.calls).toEqual([[{ ...lines, brk: false }]]);
      await expect(set.mock.results[0]?.value).rejects.toThrow('Inappropriate ioctl');
      await close();
    });

    it('leaves the lines alone if none is given', async () => {
      const set = vi.spyOn(LinuxPortBinding.prototype, 'set');
      const close = await open(`binding=${binding}`);
      expect(set).not.toHaveBeenCalled();
      await close();
    });

    it('keeps what was set while other lines are switched later', async () => {
      const set = vi.spyOn(LinuxPortBinding.prototype, 'set').mockResolvedValue();
      const port = await openTransport(`serial://${pty.path}?binding=${binding}&dtr=false`);
      await lineControl(port)?.setLines({ rts: false });
      expect(set).toHaveBeenLastCalledWith({ dtr: false, rts: false, brk: false });
      port.destroy();
      await once(port, 'close');
    });

    it('clears and sets the flag that drops DTR at closing, and nothing else', async () => {
      for (const before of ['hupcl', '-hupcl']) {
        spawnSync('stty', ['-F', pty.path, before]);
        for (const [query, after] of [
          ['hupcl=false', '-hupcl'],
          ['hupcl=true', 'hupcl'],
        ]) {
          const close = await open(`binding=${binding}&baudRate=57600&stopBits=2&${query}`);
          expect(flag(pty.path, 'hupcl')).toBe(after);
          expect(flag(pty.path, 'cstopb')).toBe('cstopb');
          expect(flag(pty.path, 'speed')).toBe('speed 57600');
          await close();
        }
      }
    });

    it('keeps a rate that stty does not know', async () => {
      const set = vi.spyOn(LinuxPortBinding.prototype, 'set');
      const close = await open(`binding=${binding}&baudRate=12345&hupcl=false&dtr=true`);
      const [opened] = set.mock.contexts as LinuxPortBinding[];
      expect(await opened?.getBaudRate()).toEqual({ baudRate: 12_345 });
      await close();
    });

    it('carries bytes as ever', async () => {
      const port = await openTransport(`serial://${pty.path}?binding=${binding}&dtr=false&hupcl=false`);
      const echo = readFrom(pty.stream, 3);
      port.write('AT\r');
      expect(String(await echo)).toBe('AT\r');
      pty.stream.write('OK');
      expect(String(await readFrom(port, 2))).toBe('OK');
      port.destroy();
      await once(port, 'close');
    });

    it('rejects and closes the port if the lines cannot be set', async () => {
      vi.spyOn(LinuxPortBinding.prototype, 'set').mockRejectedValueOnce(new Error('Error: Boom, cannot set'));
      await expect(open(`binding=${binding}&dtr=false`)).rejects.toMatchObject({
        code: 'PORT_FAILED',
        message: expect.stringContaining('Boom'),
      });
      const close = await open(`binding=${binding}`);
      await close();
    });

    it('rejects and closes the port without stty', async () => {
      vi.stubEnv('PATH', '/nonexistent');
      await expect(open(`binding=${binding}&hupcl=false`)).rejects.toMatchObject({
        code: 'PORT_FAILED',
        message: expect.stringMatching(/hupcl=false could not be set by the command stty: .*ENOENT/),
      });
      const close = await open(`binding=${binding}`);
      await close();
    });
  });
});
