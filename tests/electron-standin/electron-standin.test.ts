import { describe, expect, test } from 'vitest';
import { toApp, toBrowser } from './app-address.ts';
import { strict } from './strict.ts';
import { StrictEvents } from './strict-events.ts';

describe('the stand-in for Electron', () => {
  test('names what it does not have instead of doing nothing', () => {
    const app = strict('app', { quit: () => 'done' });
    expect(app.quit()).toBe('done');
    expect(() => (app as unknown as { relaunch(): void }).relaunch()).toThrow('no app.relaunch');
  });

  test('refuses to listen for events that it never emits', () => {
    const events = new StrictEvents('webContents', ['destroyed']);
    expect(() => events.on('did-fail-load', () => {})).toThrow('no event "did-fail-load" of webContents');
  });

  test.each([
    'weft://app/index.html',
    'weft://app/',
    'weft://app/assets/a.js?x=1#y',
    'https://example.com/a',
    'about:blank',
  ])('turns the address %s back after the browser has used it', (url) => {
    expect(toApp(toBrowser(url))).toBe(url);
  });

  test('gives the browser no address of a scheme that it does not know', () => {
    expect(toBrowser('weft://app/index.html')).toBe('https://app.weft.standin.test/index.html');
  });
});
