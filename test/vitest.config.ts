import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', ['json', { outputFile: '.test-report.json' }]],
    // Half of the time is spent waiting on timers, processes and brokers; more workers than cores starve those: with
    // three on two cores a worker died in the test of the bridge.
    maxWorkers: 2,
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
