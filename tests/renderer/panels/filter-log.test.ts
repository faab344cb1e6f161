import { expect, test } from 'vitest';
import { filterLog } from '../../../src/renderer/panels/filter-log.ts';
import type { LogLine } from '../../../src/renderer/state/run-state.ts';

const LOG: LogLine[] = [
  { at: 0, level: 'debug', node: 'read', item: null, message: 'opened' },
  { at: 1, level: 'warning', node: 'read', item: 2, message: 'No EXIF block' },
  { at: 2, level: 'error', node: null, item: null, message: 'The run failed' },
];

test('a log is cut down to a level and the graver ones', () => {
  expect(filterLog(LOG, 'debug', '')).toHaveLength(3);
  expect(filterLog(LOG, 'warning', '').map(({ level }) => level)).toEqual(['warning', 'error']);
});

test('a log is searched by words of the node and the message, in whatever case', () => {
  expect(filterLog(LOG, 'debug', 'exif READ').map(({ at }) => at)).toEqual([1]);
});
