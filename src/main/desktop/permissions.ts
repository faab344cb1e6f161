import type { Session } from 'electron';
import { isOwnPage } from './app-page.ts';

/** Who asks for what. */
interface PermissionQuestion {
  readonly permission: string;
  readonly url: string | undefined;
  readonly isMainFrame: boolean;
  /** Of the permission `media`. */
  readonly mediaTypes: readonly string[];
}

/**
 * The permission table. Only the page itself gets anything:
 * - the camera, without the microphone, while a camera node runs;
 * - the clipboard, since nodes are copied and pasted as text.
 */
export function mayUse({ permission, url, isMainFrame, mediaTypes }: PermissionQuestion, cameraRuns: boolean): boolean {
  if (!isMainFrame || url === undefined || !isOwnPage(url)) return false;
  switch (permission) {
    case 'media':
      return cameraRuns && mediaTypes.length > 0 && mediaTypes.every((type) => type === 'video');
    case 'clipboard-read':
    case 'clipboard-sanitized-write':
      return true;
    default:
      return false;
  }
}

/** Holds the pages of `session` to the permission table, without asking the person. */
export function restrictPermissions(session: Session, cameraRuns: () => boolean): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const mediaTypes = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    const { requestingUrl: url, isMainFrame } = details;
    answer(mayUse({ permission, url, isMainFrame, mediaTypes }, cameraRuns()));
  });
  session.setPermissionCheckHandler((_contents, permission, _origin, details) => {
    const { requestingUrl: url, isMainFrame, mediaType } = details;
    return mayUse(
      { permission, url, isMainFrame, mediaTypes: mediaType === undefined ? [] : [mediaType] },
      cameraRuns(),
    );
  });
  session.setDevicePermissionHandler(() => false);
}
