import { describe, expect, it } from 'vitest';
import { hasTmux, openTerminal } from '../../helpers/tmux.js';
import { startCli } from '../run-cli.js';
import { startWorld } from '../world.js';
import { read } from './doctor-run.js';

describe('atmqtt doctor, on its way', () => {
  it('puts the settings back when it is interrupted', async () => {
    const { to, commands } = await startWorld({ network: { registration: 2 } });
    const running = startCli(['doctor', ...to]);
    await running.shows('stdout', /^SIM +ok/m);
    running.process.kill('SIGINT');
    const { code, stdout } = await running.finished();
    expect(code).toBe(130);
    expect(commands.at(-1)).toBe('AT+CEREG=0');
    expect(stdout.toString()).not.toMatch(/^registration/m);
  });

  it('gives up a module that does not answer when it is interrupted', async () => {
    const { modem } = await startWorld({ faults: ['silent'] });
    const running = startCli(['doctor', '-p', modem.url, '--start-timeout', '60']);
    await running.shows('stdout', /^opens +ok/m);
    running.process.kill('SIGINT');
    expect((await running.finished()).code).toBe(130);
  });

  it('fails once when the port vanishes, and skips the rest', async () => {
    const { modem, to } = await startWorld({ network: { registration: 2 } });
    const running = startCli(['doctor', '--json', ...to]);
    await running.shows('stdout', /"step":"sim","status":"ok"/);
    await modem.unplug();
    const { code, steps } = read(await running.finished());
    expect(code).toBe(3);
    const failed = steps.filter(({ status }) => status === 'fail');
    expect(failed.map(({ step, facts }) => ({ step, ...facts }))).toEqual([
      { step: 'registration', code: 'PORT_CLOSED' },
    ]);
    expect(steps.at(-1)).toMatchObject({ step: 'settings', status: 'skipped' });
  });

  it('tells of a module that stops answering in the middle', async () => {
    const { modem } = await startWorld();
    modem.on('command', (line) => {
      if (line === 'AT+CPIN?') modem.faults.on('silent');
    });
    const running = startCli(['doctor', '--json', '-p', modem.url]);
    const { code, steps, summary } = read(await running.finished());
    expect({ code, step: summary.step }).toEqual({ code: 4, step: 'sim' });
    expect(steps.filter(({ status }) => status === 'fail').map(({ step }) => step)).toEqual(['sim']);
    expect(steps.find(({ step }) => step === 'sim')?.causes[0]).toMatch(/power supply/);
  }, 60_000);

  it.skipIf(!hasTmux)('shows colours, and what goes on now, on a terminal', async () => {
    const { modem, to } = await startWorld({ network: { registration: 2 } });
    const command = [process.execPath, 'bin/atmqtt.js', 'doctor', ...to];
    const terminal = await openTerminal(command, { columns: 120, rows: 40 });
    try {
      expect(await terminal.shows(/^registration …/m)).toMatch(/^SIM +ok/m);
      modem.setNetwork({ registration: 1 });
      const screen = await terminal.shows(/everything works/);
      expect(screen).not.toContain('…');
      expect(await terminal.exitCode()).toBe(0);
      expect(await terminal.screen({ escapes: true })).toMatch(/\x1b\[32mok/);
    } finally {
      await terminal.close();
    }
  });
});
