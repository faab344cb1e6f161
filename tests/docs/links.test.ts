import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const PAGES = ['README.md', ...globSync('docs/**/*.md')];

test('every link of the docs to a file leads to one', () => {
  const links = PAGES.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, path]) => ({ page, path })),
  );
  expect(links.length).toBeGreaterThan(20);
  expect(links.filter(({ page, path }) => !existsSync(join(dirname(page), path)))).toEqual([]);
});

test('every picture of the docs is shown on a page', () => {
  const text = PAGES.map((page) => readFileSync(page, 'utf8')).join();
  const pictures = globSync('docs/images/*.png').map((path) => path.replaceAll('\\', '/').replace('docs/', ''));
  expect(pictures.length).toBeGreaterThan(5);
  expect(pictures.filter((path) => !text.includes(path))).toEqual([]);
});
