// Ends a run with one plain line, `N passed, N failed`. In CI an end-to-end test that was skipped counts as failed.
import { mkdirSync, writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

const FILE = 'test-results/summary.txt';

export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const tests = modules.flatMap((module) =>
      [...module.children.allTests()].map((test) => ({ module, test, state: test.result().state })),
    );
    const passed = tests.filter(({ state }) => state === 'passed').length;
    const skipped = tests.filter(({ module, state }) => module.project.name === 'e2e' && state === 'skipped');
    const inCi = process.env.CI === 'true';
    if (inCi) {
      for (const { test } of skipped)
        process.stdout.write(`skipped, which is a failure in CI: ${test.fullName}\n`);
    }
    for (const { test } of tests) {
      if (test.diagnostic()?.flaky !== true) continue;
      process.stdout.write(`passed only at the second attempt: ${test.fullName}\n`);
      for (const { message, stack } of test.result().errors ?? [])
        process.stdout.write(`  at the first: ${stack ?? message}\n`);
    }
    // A module that could not be loaded has no tests, and must not pass for nothing.
    const broken = modules.filter(
      (module) => module.state() === 'failed' && [...module.children.allTests()].every((test) => test.ok()),
    ).length;
    const failed =
      tests.filter(({ state }) => state === 'failed').length +
      broken +
      unhandledErrors.length +
      (inCi ? skipped.length : 0);
    const line = `${passed} passed, ${failed} failed`;
    mkdirSync('test-results', { recursive: true });
    writeFileSync(FILE, `${line}\n`);
    process.stdout.write(`\n${line}\n`);
    if (failed > 0) process.exitCode = 1;
  }
}
