import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { AllowedFolders } from '../../src/main/window/allowed-folders.ts';
import { keepDroppedFile } from '../../src/main/window/dropped-files.ts';
import { listFolder } from '../../src/main/window/folder-listing.ts';
import { temporaryFolder } from './temporary-folder.ts';

function folders() {
  const outer = temporaryFolder();
  const inner = join(outer, 'allowed');
  mkdirSync(join(inner, 'sub'), { recursive: true });
  mkdirSync(join(outer, 'allowed-not'));
  writeFileSync(join(outer, 'secret.txt'), 'secret');
  writeFileSync(join(inner, 'b10.png'), '12345');
  writeFileSync(join(inner, 'b9.png'), '1');
  writeFileSync(join(inner, '.hidden'), '');
  symlinkSync(outer, join(inner, 'out'));
  symlinkSync(join(outer, 'nowhere'), join(inner, 'dangling'));
  return { outer, inner, allowed: AllowedFolders.only([inner], []) };
}

describe('a path', () => {
  test('inside an allowed folder may be used, be there a file or not', async () => {
    const { inner, allowed } = folders();
    for (const name of ['', 'b9.png', 'sub/new/deep.txt']) {
      expect(await allowed.check(join(inner, name))).toBe(join(inner, name));
    }
  });

  test.each([
    ['beside it', '../secret.txt'],
    ['with a name that begins like it', '../allowed-not/x'],
    ['through a link that leads out', 'out/secret.txt'],
    ['through a link that leads to nothing', 'dangling'],
    ['of the root', '../../../../../../etc/passwd'],
  ])('%s is refused', async (_, way) => {
    const { inner, allowed } = folders();
    await expect(allowed.check(`${inner}/${way}`)).rejects.toMatchObject({ code: 'E_FILE_FORBIDDEN' });
  });

  test.each(['relative/path', '', 'b9.png\0.txt', '/\0'])('that is no absolute path is refused: %j', async (path) => {
    const { allowed } = folders();
    await expect(allowed.check(path)).rejects.toMatchObject({ code: 'E_VALUE' });
  });

  test('of a circle of links is refused', async () => {
    const { inner, allowed } = folders();
    symlinkSync(join(inner, 'two'), join(inner, 'one'));
    symlinkSync(join(inner, 'one'), join(inner, 'two'));
    await expect(allowed.check(join(inner, 'one'))).rejects.toMatchObject({ code: 'E_FILE_FORBIDDEN' });
  });

  test('may lead anywhere where the person picks files with the system', async () => {
    const { outer } = folders();
    expect(await AllowedFolders.everywhere().check(join(outer, 'secret.txt'))).toBe(join(outer, 'secret.txt'));
  });
});

describe('a listing', () => {
  test('has folders first, numbers in their order, and nothing hidden or leading nowhere', async () => {
    const { inner, allowed } = folders();
    expect(await listFolder(null, allowed)).toEqual({
      path: inner,
      parent: null,
      roots: [{ path: inner, name: 'allowed' }],
      entries: [
        { name: 'out', kind: 'folder', bytes: 0 },
        { name: 'sub', kind: 'folder', bytes: 0 },
        { name: 'b9.png', kind: 'file', bytes: 1 },
        { name: 'b10.png', kind: 'file', bytes: 5 },
      ],
    });
  });

  test('names the folder above where that is allowed', async () => {
    const { inner, allowed } = folders();
    expect((await listFolder(join(inner, 'sub'), allowed)).parent).toBe(inner);
  });

  test.each([
    ['of a folder outside', '..', 'E_FILE_FORBIDDEN'],
    ['through a link that leads out', 'out', 'E_FILE_FORBIDDEN'],
    ['of what is not there', 'gone', 'E_FILE_MISSING'],
    ['of a file', 'b9.png', 'E_VALUE'],
  ])('%s is refused', async (_, way, code) => {
    const { inner, allowed } = folders();
    await expect(listFolder(`${inner}/${way}`, allowed)).rejects.toMatchObject({ code });
  });
});

describe('a dropped file', () => {
  test.each([
    ['photo.png', 'photo.png'],
    ['../../.ssh/authorized_keys', 'authorized_keys'],
    ['..\\..\\evil.exe', 'evil.exe'],
    ['...', 'file'],
    ['', 'file'],
    ['a\0b\n<c>.png', 'a_b__c_.png'],
    [`${'x'.repeat(500)}.png`, `${'x'.repeat(96)}.png`],
  ])('called %j is kept as %s, in the state folder', async (name, kept) => {
    const state = temporaryFolder();
    const path = await keepDroppedFile(state, name, Buffer.from('content'));
    expect(path.startsWith(join(state, 'dropped'))).toBe(true);
    expect(path.split('/').at(-1)).toBe(kept);
    expect(await keepDroppedFile(state, name, Buffer.from('content'))).toBe(path);
    expect(await keepDroppedFile(state, name, Buffer.from('other'))).not.toBe(path);
  });
});
