import { run } from '../../helpers/processes.js';
import { inProject } from './project.js';

/** Builds `dist` anew, which tools need that run the package as users do. Rejects with what the compiler says. */
export async function buildPackage(): Promise<void> {
  const { code, stdout, stderr } = await run('npm', ['run', '--silent', 'build'], { cwd: inProject() });
  if (code !== 0) throw new Error(`npm run build ended with ${code}\n${stdout}${stderr}`);
}
