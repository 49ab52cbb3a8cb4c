import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/** Ends the output with one line, `N passed, N failed` or `N passed, N failed, N skipped`. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    const count = { passed: 0, failed: unhandledErrors.length, skipped: 0, pending: 0 };
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      for (const test of tests) count[test.result().state] += 1;
      const broken = module.state() === 'failed' && !tests.some((test) => test.result().state === 'failed');
      if (broken) count.failed += 1; // a file that cannot be loaded, or whose hook fails, has no failed test
    }
    const skipped = count.skipped + count.pending;
    const line = `${count.passed} passed, ${count.failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
    // after the summaries of all other reporters
    setImmediate(() => console.log(line));
  }
}
