import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseClassNames } from '../../../nodes/detect/shared/class-names.ts';

describe('names of classes in a model file', () => {
  test.each<[string, string[]]>([
    ["{0: 'person', 1: 'traffic light'}", ['person', 'traffic light']],
    ['{0: "driver\'s seat", 1: \'say "hi"\'}', ["driver's seat", 'say "hi"']],
    ["{0: 'both \\' and \"', 1: 'back\\\\slash'}", ['both \' and "', 'back\\slash']],
    ["{0: 'caf\\xe9', 1: '\\u732b', 2: '\\U0001f600', 3: 'line\\nbreak'}", ['café', '猫', '😀', 'line\nbreak']],
    ["{0: 'a, b', 1: 'c: d', 2: '}'}", ['a, b', 'c: d', '}']],
    ["['cat', 'dog']", ['cat', 'dog']],
    ['["cat", "dog"]', ['cat', 'dog']],
    ['{"0": "cat", "1": "dog"}', ['cat', 'dog']],
    ["{1: 'dog', 3: 'cow', 0: 'cat',}", ['cat', 'dog', 'class 2', 'cow']],
    ['{}', []],
    [" {\n  0: 'cat'\n} ", ['cat']],
  ])('%j is read', (text, names) => {
    expect(parseClassNames(text)).toEqual(names);
  });

  test.each([
    '',
    'person',
    '{',
    "{0: 'cat'",
    "{0: 'cat}",
    '{0: cat}',
    "{'cat'}",
    "[0: 'cat']",
    "{0: 'cat' 1: 'dog'}",
    "{900000000: 'cat'}",
    "{-1: 'cat'}",
  ])('%j is refused', (text) => {
    expect(parseClassNames(text)).toBeUndefined();
  });

  test('any names survive being written as JSON', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (names) => {
        expect(parseClassNames(JSON.stringify(names))).toEqual(names);
      }),
    );
  });
});
