import { TIME_STYLES } from '../time-stamps.js';
import type { DotCommand } from './dot-command.js';
import { usageError } from './usage.js';

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
