// Everything `npm test` runs: first the tests that need no window, then the end-to-end ones, and one line that counts them.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: ['vitest.config.ts', 'vitest.e2e.config.ts'],
    reporters: ['default', './test/e2e/count-reporter.ts'],
  },
});
