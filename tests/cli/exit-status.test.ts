import { describe, expect, test } from 'vitest';
import { problemStatus, runStatus } from '../../src/main/cli/exit-status.ts';
import type { ErrorCode } from '../../src/shared/node-api/error-codes.ts';
import type { RunStatus } from '../../src/shared/protocol/run-events.ts';

describe('weft run', () => {
  test.each<[RunStatus, ErrorCode | null, number]>([
    ['done', null, 0],
    ['degraded', 'E_IMAGE_DECODE', 1],
    ['failed', 'E_NODE_THREW', 1],
    ['failed', 'E_MODEL_MISSING', 3],
    ['failed', null, 1],
    ['refused', 'E_PIN_TYPE', 2],
    ['refused', 'E_FILE_MISSING', 3],
    ['refused', null, 2],
    ['timeout', 'E_RUN_TIMEOUT', 4],
    ['cancelled', 'E_CANCELLED', 130],
  ])('that ends %s with %s gives %i', (status, code, expected) => {
    const error = code === null ? undefined : { code, message: 'No luck.', causes: [] };
    expect(runStatus({ status, error })).toBe(expected);
  });
});

describe('weft validate', () => {
  test('gives 0 for a graph without problems, 2 for a wrong graph, 3 when only files are missing', () => {
    expect(problemStatus([])).toBe(0);
    expect(problemStatus([{ code: 'E_CYCLE' }, { code: 'E_FILE_MISSING' }])).toBe(2);
    expect(problemStatus([{ code: 'E_FILE_MISSING' }, { code: 'E_MODEL_MISSING' }])).toBe(3);
  });
});
