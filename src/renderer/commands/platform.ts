import { appStore } from '../state/app-store.ts';

/** The person sits at a Mac; in a browser that is not the machine of the host. */
export function isMac(): boolean {
  const { host } = appStore.getState();
  return host?.host === 'desktop' ? host.platform === 'darwin' : /Mac|iPhone|iPad/.test(navigator.userAgent);
}
