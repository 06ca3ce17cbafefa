import { ECHO } from '../../at/commands/basic.js';
import { answering } from './behaviour.js';

/** The line that switches the echo is still treated as before. */
export const echo = answering(ECHO, {
  answer: ({ registers }, { enabled }) => {
    registers.echo = enabled;
    return null;
  },
});
