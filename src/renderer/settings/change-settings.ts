import type { Settings } from '../../shared/protocol/window-calls.ts';
import { notifyError } from '../announce/notices.ts';
import { call } from '../connection/host.ts';
import { appStore } from '../state/app-store.ts';

/** Changes some settings, here at once and then in the host, which tells its other windows. */
export function changeSettings(change: Partial<Settings>): void {
  const settings = { ...appStore.getState().settings, ...change };
  appStore.setState({ settings });
  call('changeSettings', { settings }).catch(notifyError);
}
