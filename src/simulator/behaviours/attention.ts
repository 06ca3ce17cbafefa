import { ATTENTION } from '../../at/commands/attention.js';
import { answering } from './behaviour.js';

export const attention = answering(ATTENTION, { answer: () => null });
