import { Camera, Clapperboard, FileVideo, MonitorPlay } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { notifyError } from '../announce/notices.ts';
import { pickFile } from '../files/pick-file.ts';
import { useApp } from '../state/app-store.ts';
import { MENU_CONTENT, MENU_ITEM, MENU_SEPARATOR } from '../ui/menu-styles.ts';
import { knownCameras, lookForCameras } from './known-cameras.ts';

interface DeviceMenuProps {
  /** The button that opens it. */
  readonly children: ReactNode;
  onChoose(device: string): void;
}

/** Everything that a camera node can see with: the cameras of this computer, and what can stand in for one. */
export function DeviceMenu({ children, onChoose }: DeviceMenuProps) {
  const { cameras, areNamed } = useStore(knownCameras);
  const sampleVideo = useApp(({ host }) => host?.sampleVideo);
  const chooseFile = async () => {
    const path = await pickFile({ mode: 'open', title: 'Choose a video', extensions: VIDEOS });
    if (path !== null) onChoose(path);
  };
  return (
    <DropdownMenu.Root modal={false} onOpenChange={(isOpen) => isOpen && lookForCameras().catch(notifyError)}>
      <DropdownMenu.Trigger asChild>{children}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align="end" sideOffset={2} collisionPadding={8} className={MENU_CONTENT}>
          {cameras.map(({ device, name, most }) => (
            <DropdownMenu.Item key={device} className={MENU_ITEM} onSelect={() => onChoose(device)}>
              <Camera aria-hidden className="size-3.5 shrink-0" />
              <span className="min-w-0 flex-1 truncate">{name}</span>
              {most !== null && <span className="shrink-0 font-mono text-2xs opacity-70">up to {most}</span>}
            </DropdownMenu.Item>
          ))}
          <DropdownMenu.Label className="max-w-72 px-2 py-1 text-dim">
            {adviceFor(cameras.length, areNamed)}
          </DropdownMenu.Label>
          <DropdownMenu.Separator className={MENU_SEPARATOR} />
          <DropdownMenu.Item className={MENU_ITEM} onSelect={() => onChoose('pattern')}>
            <MonitorPlay aria-hidden className="size-3.5" />
            Test pattern
          </DropdownMenu.Item>
          {sampleVideo !== undefined && (
            <DropdownMenu.Item className={MENU_ITEM} onSelect={() => onChoose(sampleVideo)}>
              <Clapperboard aria-hidden className="size-3.5" />
              Sample video
            </DropdownMenu.Item>
          )}
          <DropdownMenu.Item className={MENU_ITEM} onSelect={() => void chooseFile().catch(notifyError)}>
            <FileVideo aria-hidden className="size-3.5" />A video file…
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

const VIDEOS = ['mp4', 'mkv', 'mov', 'webm', 'avi', 'm4v'];

function adviceFor(count: number, areNamed: boolean): string | null {
  if (!window.isSecureContext) return 'Browsers give cameras only to pages of https or localhost.';
  if (count === 0) return 'No camera is plugged in.';
  return areNamed ? null : 'Names appear once a run was allowed to use a camera.';
}
