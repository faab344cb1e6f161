import { afterEach, expect, test } from 'vitest';
import { pickFile } from '../../../src/renderer/files/pick-file.ts';
import { appStore } from '../../../src/renderer/state/app-store.ts';
import { closeDialog } from '../../../src/renderer/state/show-dialog.ts';
import type { HostDescription } from '../../../src/shared/protocol/window-calls.ts';

afterEach(() => appStore.setState(appStore.getInitialState(), true));

const open = () => appStore.getState().dialogs;
const hostWith = (dialogs: boolean): HostDescription => {
  return {
    host: dialogs ? 'desktop' : 'server',
    version: '1',
    platform: 'linux',
    dialogs,
    sampleVideo: '/shapes.mp4',
    openFirst: [],
  };
};

test('a file is asked for with the window’s own dialog only once the host has said that it has none', async () => {
  const picked = pickFile({ mode: 'open', title: 'Open' });
  await Promise.resolve();
  expect(open()).toEqual([]);
  appStore.setState({ host: hostWith(false) });
  await expect.poll(open).toMatchObject([{ kind: 'pick', request: { title: 'Open' } }]);
  closeDialog(open()[0].id);
  expect(await picked).toBeNull();
});

test('a host with dialogs is asked for its own, also by a person who was faster than its first answer', async () => {
  const picked = pickFile({ mode: 'open', title: 'Open' });
  appStore.setState({ host: hostWith(true) });
  // There is no line in this test, so that asking fails.
  await expect(picked).rejects.toMatchObject({ code: 'E_DISCONNECTED' });
  expect(open()).toEqual([]);
});
