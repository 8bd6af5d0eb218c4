// The end-to-end tests: the built app in a real Electron and a real Chromium, one file after the other.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'e2e',
    include: ['test/**/*.e2e.ts'],
    globalSetup: ['test/temporary-files.ts', 'test/e2e/build.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A window on a busy machine answers later than the second that is usual.
    expect: { poll: { timeout: 15_000 } },
    // In CI the windows share two cores with everything else. What passes only at the second attempt is named at the end.
    retry: process.env.CI === 'true' ? 1 : 0,
    sequence: { groupOrder: 1 },
  },
});
