import { z } from 'zod';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** The parts of Vitest's JSON report that are counted here. */
const Report = z.object({
  testResults: z.array(
    z.object({
      status: z.enum(['passed', 'failed']),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
});

/**
 * Tests that passed and failed, from the text of Vitest's JSON report (null when there is none). A file that fails
 * outside its tests counts as one failure, and so does a runner that failed for any other reason.
 */
export function countTests(text: string | null, runnerSucceeded: boolean): Counts {
  if (text === null) return { passed: 0, failed: 1 };
  let passed = 0;
  let failed = 0;
  for (const file of Report.parse(JSON.parse(text)).testResults) {
    const count = (status: string) => file.assertionResults.filter((test) => test.status === status).length;
    passed += count('passed');
    failed += file.status === 'failed' ? Math.max(1, count('failed')) : 0;
  }
  return { passed, failed: failed === 0 && !runnerSucceeded ? 1 : failed };
}
