import { describe, expect, test } from 'vitest';
import { countTests } from '../../tools/test-counts.ts';

describe('the last line of npm test', () => {
  test('counts each test that passed or failed, and no skipped one', () => {
    const text = report([
      ['passed', 'passed', 'skipped'],
      ['failed', 'failed', 'failed'],
    ]);
    expect(countTests(text, false)).toEqual({ passed: 1, failed: 2 });
  });

  test('counts a file that could not be loaded as a failure', () => {
    expect(countTests(report([['failed']]), false)).toEqual({ passed: 0, failed: 1 });
  });

  test('counts a runner that failed though every test passed, or that left no report, as a failure', () => {
    expect(countTests(report([['passed', 'passed']]), false)).toEqual({ passed: 1, failed: 1 });
    expect(countTests(null, false)).toEqual({ passed: 0, failed: 1 });
  });

  test('is free of failures only when everything passed', () => {
    expect(countTests(report([['passed', 'passed']]), true)).toEqual({ passed: 1, failed: 0 });
  });
});

/** A report like Vitest's: for each file its status, then those of its tests. */
function report(files: string[][]): string {
  return JSON.stringify({
    testResults: files.map(([status, ...tests]) => ({
      status,
      assertionResults: tests.map((test) => ({ status: test })),
    })),
  });
}
