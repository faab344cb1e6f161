import type { Shell } from 'electron';

/** What leaves the app is left to the test, which puts a function in place of these. */
export const standinShell: Pick<Shell, 'openExternal' | 'showItemInFolder'> = {
  openExternal: (url) => unexpected(`openExternal of ${url}`),
  showItemInFolder: (path) => unexpected(`showItemInFolder of ${path}`),
};

function unexpected(what: string): never {
  throw new Error(`The stand-in for Electron was asked for shell.${what}, which the test does not expect.`);
}
