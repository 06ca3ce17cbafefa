import { putBack } from './module/habits.js';
import type { Patient } from './patient.js';

/** ms for what is put back after an interruption. */
const LIMIT = 2_000;

/** Ends the session, puts back what was changed if no step has, and closes the port. Never rejects. */
export async function leave(patient: Patient): Promise<void> {
  const { modem, habits, session, stream, passed } = patient;
  await session.value?.close();
  if (modem.value !== undefined && habits.value !== undefined && !passed.has('settings')) {
    await putBack(modem.value, habits.value, AbortSignal.timeout(LIMIT)).catch(() => {});
  }
  await modem.value?.close();
  stream.value?.destroy();
}
