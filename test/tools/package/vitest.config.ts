import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/tools/package/**/*.check.ts'],
    globalSetup: 'test/tools/package/global-setup.ts',
    maxWorkers: 1,
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
