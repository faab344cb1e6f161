import { expect, test } from 'vitest';
import { tracksOf } from '../../../src/shared/profile/tracks.ts';
import { profileOf } from './profile-of.ts';

test('there is a track for each process and each node, and work at one time lies in different lanes', () => {
  const profile = profileOf([
    { node: 'infer', start: 0, end: 11 },
    { node: 'infer', start: 1, end: 10, process: 'inference cpu' },
    { node: 'infer', start: 5, end: 15 },
    { node: 'infer', start: 10, end: 14, process: 'inference cpu' },
    { node: 'infer', start: 11, end: 20 },
    { node: 'draw', start: 2, end: 4 },
  ]);
  expect(tracksOf(profile).map(({ kind, name, lanes }) => [kind, name, lanes.map((lane) => [...lane])])).toEqual([
    ['process', 'inference cpu (101)', [[1, 3]]],
    ['node', 'infer', [[0, 4], [2]]],
    ['node', 'draw', [[5]]],
  ]);
});

test('spans are put in the order in which they began, though they were told when they ended', () => {
  const profile = profileOf([
    { node: 'b', start: 4, end: 5 },
    { node: 'a', start: 0, end: 6 },
    { node: 'b', start: 1, end: 3 },
  ]);
  expect(tracksOf(profile).map(({ name, lanes }) => [name, [...lanes[0]]])).toEqual([
    ['a', [1]],
    ['b', [2, 0]],
  ]);
});

test('nodes and processes that had nothing to do have no track', () => {
  expect(tracksOf(profileOf([]))).toEqual([]);
});
