import type { Registration } from '../../../modem/registration.js';
import type { Reading } from './reading.js';

/** What shows the signal as it goes. */
export interface WatchView {
  reading(reading: Reading): void | Promise<void>;
  /** The registration at the beginning, and each one after that; `at` is ms since 1970. */
  registration(registration: Registration, at: number): void | Promise<void>;
  /** Something that happened to the module. */
  note(text: string, at: number): void | Promise<void>;
  /** Leaves a sane terminal behind. */
  close(): void;
}
