import { describe, expect, test, vi } from 'vitest';

// The table itself needs no Electron; what it stands beside does.
vi.mock('electron', () => ({ protocol: {} }));
const { mayUse } = await import('../../src/main/desktop/permissions.ts');

const OWN = { url: 'weft://app/index.html', isMainFrame: true, mediaTypes: [] };

describe('the permission table', () => {
  test('gives the camera alone, and only while a camera node runs', () => {
    const ask = { ...OWN, permission: 'media' };
    expect(mayUse({ ...ask, mediaTypes: ['video'] }, true)).toBe(true);
    expect(mayUse({ ...ask, mediaTypes: ['video'] }, false)).toBe(false);
    expect(mayUse({ ...ask, mediaTypes: ['audio'] }, true)).toBe(false);
    expect(mayUse({ ...ask, mediaTypes: ['video', 'audio'] }, true)).toBe(false);
    expect(mayUse({ ...ask, mediaTypes: ['unknown'] }, true)).toBe(false);
    expect(mayUse({ ...ask, mediaTypes: [] }, true)).toBe(false);
  });

  test('gives the clipboard, through which nodes are copied as text', () => {
    expect(mayUse({ ...OWN, permission: 'clipboard-read' }, false)).toBe(true);
    expect(mayUse({ ...OWN, permission: 'clipboard-sanitized-write' }, false)).toBe(true);
  });

  test.each([
    'geolocation',
    'notifications',
    'midi',
    'usb',
    'serial',
    'hid',
    'display-capture',
    'openExternal',
    'fileSystem',
  ])('gives no %s', (permission) => {
    expect(mayUse({ ...OWN, permission }, true)).toBe(false);
  });

  test.each([
    'https://example.com/',
    'weft://other/index.html',
    'file:///etc/passwd',
    'weft:app',
    'about:blank',
    undefined,
  ])('gives the page %s nothing', (url) => {
    expect(mayUse({ ...OWN, url, permission: 'clipboard-read' }, true)).toBe(false);
  });

  test('gives a frame inside the page nothing', () => {
    expect(mayUse({ ...OWN, isMainFrame: false, permission: 'clipboard-read' }, true)).toBe(false);
  });
});
