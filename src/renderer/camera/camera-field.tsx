import { Camera } from 'lucide-react';
import type { FieldProps } from '../widgets/field.ts';
import { TextField } from '../widgets/text-field.tsx';
import { DeviceMenu } from './device-menu.tsx';

/** What a camera node sees with, written or chosen. */
export function CameraField(field: FieldProps) {
  return (
    <div className="nodrag nopan flex min-w-0 flex-1 items-center">
      <TextField {...field} placeholder="Camera" />
      <DeviceMenu onChoose={(value) => field.edit({ kind: 'set', value, goesOn: false })}>
        <button
          type="button"
          aria-label={`Cameras for ${field.label}`}
          title={`Cameras for ${field.label}`}
          className="inline-flex size-6 shrink-0 items-center justify-center rounded-control text-dim hover:bg-hover hover:text-fg active:bg-pressed"
        >
          <Camera aria-hidden className="size-4" strokeWidth={1.75} />
        </button>
      </DeviceMenu>
    </div>
  );
}
