import { expect, it, onTestFinished } from 'vitest';
import { start, stop, untilSaid } from './processes.js';

async function node(script: string) {
  const child = await start(process.execPath, ['-e', script], { stdio: 'pipe' });
  onTestFinished(() => stop(child, 'SIGKILL'));
  return child;
}

const STAY = 'setInterval(() => {}, 1000);';

it('waits for what a process says, also in two pieces', async () => {
  const child = await node(`${STAY} process.stdout.write('almost rea', () => process.stdout.write('dy'))`);
  expect(await untilSaid(child, 'ready', 20_000)).toBe('almost ready');
});

it('shows what a process has said that ends before', async () => {
  const child = await node("console.error('no such option')");
  await expect(untilSaid(child, 'ready', 20_000)).rejects.toThrow(/did not start: .*ended\nno such option/);
});

it('does not wait for ever', async () => {
  await expect(untilSaid(await node(STAY), 'ready', 100)).rejects.toThrow('"ready": not done in 0.1 s');
});
