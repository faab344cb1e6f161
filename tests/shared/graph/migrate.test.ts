import { describe, expect, test } from 'vitest';
import { type Migration, migrate } from '../../../src/shared/graph/migrations/migrate.ts';

const addNodes: Migration = { name: 'add-nodes', migrate: (document) => ({ nodes: [], ...document }) };
const renameTitle: Migration = {
  name: 'rename-title-to-name',
  migrate: ({ title, ...rest }) => ({ ...rest, name: title ?? '' }),
};

describe('migrating', () => {
  test('takes the steps from the version of the file to the newest, in order', () => {
    expect(migrate({ weft: 1, title: 'T' }, 1, [addNodes, renameTitle])).toEqual({ weft: 3, name: 'T', nodes: [] });
    expect(migrate({ weft: 2, title: 'T' }, 2, [addNodes, renameTitle])).toEqual({ weft: 3, name: 'T' });
  });

  test('leaves a file of the newest version as it is, and keys it does not know in any', () => {
    const document = { weft: 3, theirs: { b: 1, a: 2 } };
    expect(migrate(document, 3, [addNodes, renameTitle])).toBe(document);
    expect(migrate({ weft: 1, theirs: document }, 1, [addNodes])).toMatchObject({ theirs: document });
  });
});
