import { useEffect, useRef } from 'react';
import { putPixels } from './put-pixels.ts';
import type { ShownPicture } from './viewer-content.ts';

/** A picture as it came, no larger than its pixels. */
export function Thumbnail({ picture }: { picture: ShownPicture }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height } = picture;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context) putPixels(context, picture);
  }, [picture]);
  return (
    <canvas
      ref={canvas}
      width={width}
      height={height}
      role="img"
      aria-label={`Picture, ${picture.sourceWidth} by ${picture.sourceHeight} pixels`}
      className="max-h-56 w-full rounded-control bg-inset object-contain"
    />
  );
}
