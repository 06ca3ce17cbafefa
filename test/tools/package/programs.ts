import { spawnSync } from 'node:child_process';

/** npm without colours and news, and from its cache as far as that goes. */
const NPM = { npm_config_prefer_offline: 'true', npm_config_update_notifier: 'false', NO_COLOR: '1' };

export interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** ms; a test cannot end what it waits for in this way. */
const LIMIT = 240_000;

/** Runs a program to its end. Throws if there is none of that name, or it does not end. */
export function run(cwd: string, file: string, args: readonly string[]): Result {
  // What the npm that runs these checks has set is its own concern.
  const own = Object.entries(process.env).filter(([name]) => !/^(?:npm_|node_|INIT_CWD$|VITEST)/i.test(name));
  const env = { ...Object.fromEntries(own), ...NPM };
  const { status, stdout, stderr, error } = spawnSync(file, args, {
    cwd,
    env,
    encoding: 'utf8',
    timeout: LIMIT,
  });
  if (error !== undefined) throw error;
  return { code: status, stdout, stderr };
}

/** The same for what has to succeed; gives its stdout. */
export function mustRun(cwd: string, file: string, ...args: readonly string[]): string {
  const { code, stdout, stderr } = run(cwd, file, args);
  if (code !== 0) throw new Error(`${file} ${args.join(' ')} ended with ${code}\n${stdout}${stderr}`);
  return stdout;
}
