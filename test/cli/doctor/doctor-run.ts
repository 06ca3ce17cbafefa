import { expect } from 'vitest';
import { runCli } from '../run-cli.js';

/** A step as `atmqtt doctor --json` prints it. */
export interface StepRecord {
  readonly step: string;
  readonly status: 'ok' | 'warn' | 'fail' | 'skipped';
  readonly found: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly causes: readonly string[];
  readonly next: readonly string[];
  readonly exitCode?: number;
}

export interface Examination {
  readonly code: number | null;
  readonly steps: readonly StepRecord[];
  readonly summary: { readonly status: string; readonly summary: string; readonly step: string | null };
  readonly text: string;
}

/** What a command has printed. */
export interface Printed {
  readonly code: number | null;
  readonly stdout: string | Buffer;
  readonly stderr: string;
}

/** Runs `atmqtt doctor --json`; its exit code and its last object must agree. */
export async function doctor(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Examination> {
  return read(await runCli(['doctor', '--json', ...args], { environment }));
}

export function read({ code, stdout, stderr }: Printed): Examination {
  const lines = stdout
    .toString()
    .split('\n')
    .filter((line) => line !== '');
  expect(stderr).toBe('');
  const objects = lines.map((line) => JSON.parse(line));
  const summary = objects.pop();
  expect(summary).toMatchObject({ exitCode: code });
  return { code, steps: objects, summary, text: stdout.toString() };
}

/** The step of that name. */
export function stepOf({ steps, text }: Examination, name: string): StepRecord {
  const step = steps.find((record) => record.step === name);
  if (step === undefined) throw new Error(`no step ${name} in ${text}`);
  return step;
}

/** `name status` for each step. */
export function course({ steps }: Examination): string[] {
  return steps.map(({ step, status }) => `${step} ${status}`);
}

/** That it failed at this step first, and that what needs it was skipped. */
export function expectFailure(
  examination: Examination,
  name: string,
  code: number,
  skipped: readonly string[],
): StepRecord {
  const failed = stepOf(examination, name);
  expect(examination.code).toBe(code);
  expect(failed).toMatchObject({ status: 'fail', exitCode: code });
  expect(examination.summary).toMatchObject({ status: 'fail', step: name });
  expect(examination.steps.find(({ status }) => status === 'fail')).toBe(failed);
  for (const step of skipped) expect(stepOf(examination, step).status).toBe('skipped');
  expect(failed.causes.length).toBeGreaterThan(0);
  expect(failed.next.length).toBeGreaterThan(0);
  return failed;
}
