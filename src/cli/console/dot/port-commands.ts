import { ArgumentError } from '../../../errors/kinds.js';
import type { LineState } from '../../../transport/transport.js';
import { delay } from '../../../util/delay.js';
import { withBaudRate } from '../../baud-rate.js';
import { type DotCommand, type DotContext, usageError } from './dot-command.js';

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

export const QUIT: DotCommand = {
  name: '.quit',
  usage: '.quit',
  immediate: true,
  about: 'leave; so does Ctrl-D',
  run: (_rest, { quit }) => quit(),
};

/** ms that a line is off in a pulse: boards that reset at DTR do so by its edge. */
const PULSE = 500;

/** ms; a break is longer than a character at any rate that is used. */
const DEFAULT_BREAK = 250;

const NAMES = ['dtr', 'rts', 'cts', 'dsr', 'dcd', 'ri'] as const;

export const DTR = outputCommand('dtr', 'Data Terminal Ready; off or a pulse resets some boards');
export const RTS = outputCommand('rts', 'Request To Send; with rtscts=true the driver sets it');

const BREAK_USAGE = '.break [ms]';

export const BREAK: DotCommand = {
  name: '.break',
  usage: BREAK_USAGE,
  about: `hold the line in break, ${DEFAULT_BREAK} ms if no time is given`,
  run: async (rest, { session, view }) => {
    if (!/^\d*$/.test(rest)) throw new ArgumentError('break', rest, 'a number of ms');
    const duration = rest === '' ? DEFAULT_BREAK : Number(rest);
    await session.lineControl.sendBreak(duration);
    view.note(`a break of ${duration} ms was sent`, 'good');
  },
};

export const LINES: DotCommand = {
  name: '.lines',
  usage: '.lines',
  about: 'show the control lines: DTR and RTS as they were set, CTS, DSR, DCD and RI as they are',
  immediate: true,
  run: async (_rest, { session, view }) => view.text([stateWords(await session.lineControl.readLines())]),
};

function outputCommand(line: 'dtr' | 'rts', meaning: string): DotCommand {
  const usage = `.${line} on|off|pulse`;
  return {
    name: `.${line}`,
    usage,
    about: `switch ${line.toUpperCase()}; pulse: off for ${PULSE} ms. ${meaning}`,
    run: async (rest, context) => {
      const name = line.toUpperCase();
      if (rest === 'pulse') await pulse(line, context);
      else if (rest === 'on' || rest === 'off') {
        await context.session.lineControl.setLines({ [line]: rest === 'on' });
        context.view.note(`${name} is ${rest}`, 'good');
      } else throw usageError(usage, rest === '' ? `${name} on or off?` : `what is ${rest}?`);
    },
  };
}

/** Switches the line on again also when it is given up. */
async function pulse(line: 'dtr' | 'rts', { session, view, stopping }: DotContext): Promise<void> {
  const { lineControl } = session;
  await lineControl.setLines({ [line]: false });
  await delay(PULSE, stopping());
  await lineControl.setLines({ [line]: true });
  view.note(`${line.toUpperCase()} was off for a moment, and is on again`, 'good');
}

function stateWords(state: LineState): string {
  return NAMES.map(
    (name) => `${name.toUpperCase()} ${state[name] === undefined ? 'unknown' : state[name] ? 'on' : 'off'}`,
  ).join('   ');
}
