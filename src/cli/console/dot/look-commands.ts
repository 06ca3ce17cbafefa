import { ArgumentError } from '../../../errors/kinds.js';
import { firstWord } from '../typed-line.js';
import { TIME_STYLES } from '../view.js';
import { type DotCommand, usageError } from './dot-command.js';

const HEX = '.hex [on|off]';
const TIME = '.time [abs|delta|off]';

export const HEXADECIMAL: DotCommand = {
  name: '.hex',
  usage: HEX,
  immediate: true,
  about: 'show bytes as hex, and take payloads as hex (48 65 6c) or with \\x00',
  run: (rest, { look, view }) => {
    if (rest !== '' && rest !== 'on' && rest !== 'off') throw usageError(HEX, `what is ${rest}?`);
    look.hex = rest === '' ? !look.hex : rest === 'on';
    view.note(`hex is ${look.hex ? 'on' : 'off'}`, 'plain');
  },
};

export const TIME_STAMPS: DotCommand = {
  name: '.time',
  usage: TIME,
  immediate: true,
  about: 'time stamps: of the day, since the line before, none',
  run: (rest, { look: { stamps }, view }) => {
    const style = TIME_STYLES.find((known) => known === rest);
    if (rest !== '' && style === undefined) throw usageError(TIME, `what is ${rest}?`);
    if (style !== undefined) stamps.style = style;
    view.note(`time stamps: ${stamps.style}`, 'plain');
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
