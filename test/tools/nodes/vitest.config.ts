import { defineConfig } from 'vitest/config';
import everything from '../../vitest.config.js';

/** The tests as ever, with a report of their own. */
export default defineConfig({
  ...everything,
  test: {
    ...everything.test,
    reporters: [
      'dot',
      ['json', { outputFile: process.env.ATMQTT_NODES_REPORT ?? '.tools/nodes/report.json' }],
    ],
  },
});
