import { once } from 'node:events';
import { join } from 'node:path';
import { expect } from 'vitest';
import { ROOT } from '../code/workspace.js';
import { RunningProcess } from '../process.js';
import type { Command } from '../shell-lines.js';
import { SECRET_MARK } from './books.js';
import { type Plan, planOf } from './plans.js';
import type { Sandbox } from './sandbox.js';

const COMMAND = join(ROOT, 'bin/atmqtt.js');

const STAYED: Plan = { of: /./, until: () => /./ };

/** A command that goes on while others are run. */
interface Staying {
  readonly running: RunningProcess;
  readonly line: string;
}

/**
 * Runs the commands of a block one after the other, each to the end that its plan sees. Gives what each has shown;
 * `expected` is what a dialogue says that they show.
 */
export async function runBlock(
  commands: readonly Command[],
  sandbox: Sandbox,
  expected: readonly string[],
): Promise<string[]> {
  const shown: string[] = [];
  let staying: Staying | undefined;
  for (const { words, environment } of commands) {
    const line = words.slice(1).join(' ');
    const plan = planOf(line);
    if (words[0] !== 'atmqtt' || plan === undefined || plan.not !== undefined) continue;
    // They serve the same ports.
    if (plan.stays) staying = await stopped(staying);
    const running = start([...words.slice(1), ...(plan.answer ?? [])], environment, sandbox);
    if (plan.until !== undefined) await seen(running, plan.until(words), sandbox);
    if (plan.stays) staying = { running, line };
    else shown.push(await ended(running, plan, line, expected));
  }
  await stopped(staying);
  return shown;
}

function start(
  args: readonly string[],
  environment: Command['environment'],
  sandbox: Sandbox,
): RunningProcess {
  const variables = Object.entries(environment).map(([name, value]) => [name, sandbox.here(value)]);
  const running = new RunningProcess(process.execPath, [COMMAND, ...args.map(sandbox.here)], {
    cwd: sandbox.folder,
    env: {
      PATH: process.env.PATH ?? '',
      XDG_CONFIG_HOME: join(sandbox.folder, 'config'),
      ...Object.fromEntries(variables),
    },
  });
  running.process.stdin.end('AT\n');
  return running;
}

/** Resolves when the output shows it, or a module was told so. */
async function seen(running: RunningProcess, wanted: RegExp, { modules }: Sandbox): Promise<void> {
  const told = modules.map(async (module) => {
    for (;;) {
      const [line] = (await once(module, 'command')) as [string];
      if (wanted.test(line)) return;
    }
  });
  await Promise.race([running.shows(wanted), ...told]);
}

/** What it has shown. Fails for the wrong exit code, unless it is what the dialogue shows: that may be a refusal. */
async function ended(
  running: RunningProcess,
  { until }: Plan,
  line: string,
  expected: readonly string[] = [],
): Promise<string> {
  if (until !== undefined) running.process.kill('SIGINT');
  const { code, stdout, stderr } = await running.ended();
  expect(`${stdout}${stderr}`).not.toContain(SECRET_MARK);
  if (!expected.includes(`${stdout}${stderr}`))
    expect(code, `${line}\n${stdout}${stderr}`).toBe(until === undefined ? 0 : 130);
  return `${stdout}${stderr}`;
}

async function stopped(staying: Staying | undefined): Promise<undefined> {
  if (staying !== undefined) await ended(staying.running, STAYED, staying.line);
}
