import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    globalSetup: ['test/temporary-files.ts'],
    // A test that hangs is one thing, a machine that does five other things at once another.
    testTimeout: 120_000,
  },
});
