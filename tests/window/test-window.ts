import { onTestFinished } from 'vitest';
import { EngineHost } from '../../src/main/engine/host.ts';
import { RESOURCES } from '../../src/main/registry/folders.ts';
import { AllowedFolders } from '../../src/main/window/allowed-folders.ts';
import { droppedFilesFolder } from '../../src/main/window/dropped-files.ts';
import type { HostWindow } from '../../src/main/window/host-window.ts';
import { Workspace } from '../../src/main/window/workspace.ts';
import { connect, type WindowClient } from '../../src/shared/protocol/call-client.ts';
import { memoryPorts } from '../../src/shared/protocol/memory-port.ts';
import type { WindowEvent } from '../../src/shared/protocol/window-calls.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A window in this process, and what it heard. */
export interface TestWindow extends WindowClient {
  readonly heard: WindowEvent[];
}

export interface TestWorkspace {
  readonly workspace: Workspace;
  /** Where the person's files may lie. */
  readonly folder: string;
  readonly state: string;
  window(host?: HostWindow): TestWindow;
}

const NO_DIALOGS: HostWindow = { dialogs: null, setTitle() {}, close() {} };

/** A workspace with a real engine, closed when the test has finished. */
export async function testWorkspace(
  nodesFolders?: readonly string[],
  state = temporaryFolder(),
): Promise<TestWorkspace> {
  const folder = temporaryFolder();
  const workspace = await Workspace.open({
    host: 'server',
    stateFolder: state,
    allowed: AllowedFolders.only([folder, RESOURCES], [droppedFilesFolder(state)]),
    openFirst: ['/first.weft.json'],
    startEngine: (settings) => new EngineHost({ ...settings, nodesFolders }),
  });
  onTestFinished(() => workspace.close());
  return {
    workspace,
    folder,
    state,
    window(host = NO_DIALOGS) {
      const [near, far] = memoryPorts();
      workspace.connect(far, host);
      const client = connect(near);
      const heard: WindowEvent[] = [];
      client.onEvent((event) => heard.push(event));
      return {
        heard,
        call: (name, ask) => client.call(name, ask),
        onEvent: (listener) => client.onEvent(listener),
        closed: client.closed,
        close: () => client.close(),
      };
    },
  };
}
