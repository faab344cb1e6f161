/**
 * Electron's main process over a real Chromium and real child processes, as far as the desktop host uses it. Whatever else
 * is used of it throws and says its name. What it cannot show: that Electron itself behaves as the stand-in believes.
 */
import { StandinApp } from './app.ts';
import { StandinBrowserWindow } from './browser-window.ts';
import { listenToTests } from './control.ts';
import { standinDialog } from './dialog.ts';
import { StandinMenu } from './menu.ts';
import { standinNativeTheme } from './native-theme.ts';
import { standinProtocol } from './protocol.ts';
import { standinScreen } from './screen.ts';
import { StandinSession } from './session.ts';
import { standinShell } from './shell.ts';
import { strict } from './strict.ts';
import { standinUtilityProcess } from './utility-process.ts';

export const app = strict('app', StandinApp.theOne);
export const BrowserWindow = strict('BrowserWindow', StandinBrowserWindow);
export const dialog = strict('dialog', standinDialog);
export const Menu = strict('Menu', StandinMenu);
export const nativeTheme = strict('nativeTheme', standinNativeTheme);
export const protocol = strict('protocol', standinProtocol);
export const screen = strict('screen', standinScreen);
export const session = strict('session', { defaultSession: strict('session', StandinSession.defaultSession) });
export const shell = strict('shell', standinShell);
export const utilityProcess = strict('utilityProcess', standinUtilityProcess);

listenToTests({ app, BrowserWindow, dialog, Menu, nativeTheme, protocol, screen, session, shell, utilityProcess });
