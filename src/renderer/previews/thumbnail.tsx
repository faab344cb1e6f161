import { useEffect, useRef } from 'react';
import type { Picture } from '../../shared/protocol/preview.ts';

/** A picture as it came, no larger than its pixels. */
export function Thumbnail({ picture }: { picture: Picture }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height, rgba } = picture;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    context?.putImageData(new ImageData(new Uint8ClampedArray(rgba), width, height), 0, 0);
  }, [rgba, width, height]);
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
