import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { endsWithUs } from '../../../helpers/processes.js';
import { NotRun } from '../../shared/not-run.js';
import { install } from '../../shared/npm.js';
import { inTools } from '../../shared/project.js';
import { measure, type Summary } from '../../shared/statistics.js';
import { COUNT } from './ours.js';
import { startResponder, toldBy } from './responder.js';

/** Debian's own Python: its package `python3-serial` is for no other. */
const PYTHON = '/usr/bin/python3';

/** What is used of `serialport-gsm` 4.0.1. */
interface GsmModem {
  open(path: string, options: { baudRate: number }): Promise<unknown>;
  executeCommand(command: string, callback: (result: unknown, error?: unknown) => void): void;
  close(): Promise<unknown>;
}

/** No dependency of ours: installed at the first use. It takes no answer before it has seen the echo. */
export async function serialportGsm(): Promise<Summary> {
  const problem = await install('bench/peers');
  if (problem !== undefined) throw new NotRun(`serialport-gsm could not be installed: ${problem}`);
  const require = createRequire(inTools('bench/peers/package.json'));
  const { Modem } = require('serialport-gsm') as { Modem: () => GsmModem };
  const responder = await startResponder('pty', 'echo');
  const modem = Modem();
  await modem.open(responder.where, { baudRate: 115200 });
  const result = await measure(COUNT, () => {
    return new Promise((resolve, reject) => {
      modem.executeCommand('AT+CSQ', (_result, error) => (error ? reject(error) : resolve()));
    });
  });
  await modem.close();
  responder.close();
  return result;
}

export async function pyserial(): Promise<Summary> {
  const responder = await startResponder('pty');
  const args = [inTools('bench/round-trip/pyserial.py'), responder.where, String(COUNT)];
  const child = endsWithUs(spawn(PYTHON, args, { stdio: ['ignore', 'pipe', 'pipe'] }));
  let complaint = '';
  child.stderr.on('data', (text) => {
    complaint += text;
  });
  try {
    return await toldBy(child, PYTHON);
  } catch (error) {
    if (complaint.includes('ModuleNotFoundError')) throw new NotRun('python3-serial is not installed');
    throw error;
  } finally {
    responder.close();
  }
}
