const { WEFT_E2E_HOST: host = 'server' } = process.env;
if (host !== 'server' && host !== 'desktop') {
  throw new Error(`WEFT_E2E_HOST is ${host}: it names the host of the editor, "server" or "desktop".`);
}

/** The specs run on `weft serve`, unless WEFT_E2E_HOST says `desktop`: then on the desktop app. */
export const onDesktop = host === 'desktop';
/** For specs of what only a server has: several windows, a line that is cut, the window's own file dialog. */
export const onServer = !onDesktop;
