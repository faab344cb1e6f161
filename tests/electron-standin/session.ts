import type { Session } from 'electron';
import { strict } from './strict.ts';

type RequestHandler = Parameters<Session['setPermissionRequestHandler']>[0];
type CheckHandler = Parameters<Session['setPermissionCheckHandler']>[0];

interface Question {
  readonly requestingUrl: string;
  readonly isMainFrame: boolean;
  readonly mediaTypes?: readonly ('video' | 'audio')[];
}

/** Asks the app's permission handlers when a page asks the browser for something. */
export class StandinSession
  implements Pick<Session, 'setDevicePermissionHandler' | 'setPermissionCheckHandler' | 'setPermissionRequestHandler'>
{
  static readonly defaultSession = new StandinSession();
  #onRequest: RequestHandler = null;
  #onCheck: CheckHandler = null;

  setPermissionRequestHandler(handler: RequestHandler): void {
    this.#onRequest = handler;
  }

  setPermissionCheckHandler(handler: CheckHandler): void {
    this.#onCheck = handler;
  }

  /** No page of a test has a device to ask for. */
  setDevicePermissionHandler(): void {}

  /** As Electron does: the check first, then the request. Without a handler everything is allowed. */
  async ask(permission: string, question: Question): Promise<boolean> {
    const { requestingUrl, isMainFrame, mediaTypes = [] } = question;
    // The handlers are given what ours look at; the types of Electron want the whole of it.
    const contents = strict('webContents', {}) as never;
    const name = permission as never;
    for (const mediaType of mediaTypes.length === 0 ? [undefined] : mediaTypes) {
      const details = { requestingUrl, isMainFrame, mediaType };
      if (this.#onCheck !== null && !this.#onCheck(contents, name, requestingUrl, details)) return false;
    }
    const onRequest = this.#onRequest;
    if (onRequest === null) return true;
    const details = { requestingUrl, isMainFrame, mediaTypes: [...mediaTypes] };
    return new Promise((resolve) => onRequest(contents, name, resolve, details));
  }
}
