import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { announcements } from '../../../src/renderer/announce/announce.ts';
import { dismissNotice, notices, notify, notifyError } from '../../../src/renderer/announce/notices.ts';

beforeEach(() => {
  notices.setState({ shown: [] });
});

const sentences = () => notices.getState().shown.map(({ sentence }) => sentence);

test('a notice stays until it is dismissed, and is read out', () => {
  const id = notify({ tone: 'attention', sentence: 'The engine was started again.' });
  expect(sentences()).toEqual(['The engine was started again.']);
  expect(announcements.getState().sentence).toBe('The engine was started again.');
  dismissNotice(id);
  expect(sentences()).toEqual([]);
});

test('what went well goes away by itself', () => {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  notify({ tone: 'done', sentence: 'The picture is saved.' });
  notify({ tone: 'failed', sentence: 'The disk is full.' });
  vi.runAllTimers();
  expect(sentences()).toEqual(['The disk is full.']);
});

test('the same sentence is shown once, as the newest', () => {
  for (const sentence of ['A.', 'B.', 'A.']) notify({ tone: 'attention', sentence });
  expect(sentences()).toEqual(['B.', 'A.']);
});

test('only the newest are shown', () => {
  for (let i = 1; i <= 6; i++) notify({ tone: 'attention', sentence: `${i}.` });
  expect(sentences()).toEqual(['3.', '4.', '5.', '6.']);
});

test('an error is told in its own words', () => {
  notifyError(new Error('The disk is full: make room and save again.'));
  expect(notices.getState().shown[0]).toMatchObject({
    tone: 'failed',
    sentence: 'The disk is full: make room and save again.',
  });
});
