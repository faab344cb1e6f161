/** `node --import` of this file gives the app the stand-in wherever it imports Electron. */
import { registerHooks } from 'node:module';

const STANDIN = new URL('./electron.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, nextResolve) =>
    specifier === 'electron' ? { url: STANDIN, shortCircuit: true } : nextResolve(specifier, context),
});
