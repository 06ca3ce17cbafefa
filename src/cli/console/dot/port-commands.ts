import { ArgumentError } from '../../../errors/kinds.js';
import { withBaudRate } from '../../baud-rate.js';
import { firstWord } from '../words.js';
import type { DotCommand } from './dot-command.js';

export const BAUD_RATE: DotCommand = {
  name: '.baud',
  usage: '.baud <rate>',
  immediate: true,
  about: 'open the port at another baud rate; AT+IPR sets that of the module',
  run: async (rest, { session, mqtt, view }) => {
    const rate = /^\d+$/.test(rest) ? Number(rest) : Number.NaN;
    const port = withBaudRate(session.port, rate);
    await mqtt.disconnect(true);
    await session.replacePort(port);
    view.note(`the port is open at ${rate} baud`, 'good');
  },
};

export const RESET: DotCommand = {
  name: '.reset',
  usage: '.reset',
  about: 'restart the module (AT+CFUN=0,1) and wait until it is back',
  run: async (_rest, { mqtt, view }) => {
    view.note('the module restarts', 'plain');
    await mqtt.withModem((modem, signal) => modem.reset({ signal }));
    view.note('the module is back', 'good');
  },
};

export const TRACE: DotCommand = {
  name: '.trace',
  usage: '.trace [<file>|off]',
  immediate: true,
  about: 'write the traffic to a file, secrets masked',
  run: (rest, { session, trace, view }) => {
    const found = firstWord(rest);
    if (found !== undefined && found.rest !== '') throw new ArgumentError('trace', `"${rest}"`, 'one file');
    if (found?.word === 'off') trace.stop();
    else if (found !== undefined) trace.start(found.word, session.port);
    view.note(trace.path === undefined ? 'no trace is written' : `the trace goes to ${trace.path}`, 'plain');
  },
};

export const LOG: DotCommand = {
  name: '.log',
  usage: '.log [<file>|off]',
  immediate: true,
  about: 'write what is shown here to a file, with times, secrets masked',
  run: (rest, { log, view }) => {
    const found = firstWord(rest);
    if (found !== undefined && found.rest !== '') throw new ArgumentError('log', `"${rest}"`, 'one file');
    if (found?.word === 'off') log.stop();
    else if (found !== undefined) log.start(found.word);
    view.note(log.path === undefined ? 'no log is written' : `the log goes to ${log.path}`, 'plain');
  },
};

export const QUIT: DotCommand = {
  name: '.quit',
  usage: '.quit',
  immediate: true,
  about: 'leave; so does Ctrl-D',
  run: (_rest, { quit }) => quit(),
};
