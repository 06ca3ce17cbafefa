import { ATTENTION } from '../../at/commands/basic.js';
import { answering } from './behaviour.js';

export const attention = answering(ATTENTION, { answer: () => null });
