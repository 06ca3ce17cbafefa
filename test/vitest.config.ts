import { defineConfig } from 'vitest/config';

const FOLDERS = ['util', 'errors', 'at', 'modem', 'dialects', 'client', 'transport', 'simulator'];
/** Their subject is what is loaded or active in the process, or a helper has a hook, which only one file would get. */
const ALONE = [
  'test/at/channel-ends.test.ts',
  'test/simulator/from-trace/**/*.test.ts',
  'test/simulator/ports.test.ts',
  'test/transport/open.test.ts',
  'test/transport/prepare-lines.test.ts',
];

export default defineConfig({
  test: {
    // Loading the sources anew takes longer than the tests of most files. No helper of these has a hook at module level.
    projects: [
      {
        extends: true,
        test: {
          name: 'sharing',
          include: [`test/{${FOLDERS.join(',')}}/**/*.test.ts`],
          exclude: ALONE,
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          include: ['test/*.test.ts', `test/!(${FOLDERS.join('|')})/**/*.test.ts`, ...ALONE],
        },
      },
    ],
    reporters: ['default', ['json', { outputFile: '.test-report.json' }]],
    // Most of the time is spent waiting on timers, processes and brokers; many more workers than cores starve those.
    maxWorkers: 3,
    // Programs that tests start share a loaded machine; what hangs is found all the same.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      reporter: ['text', 'json-summary'],
    },
  },
});
