/**
 * The largest size of the same shape that fits, whole pixels truncated. Computed as `side × target ÷ other side`, for
 * `side × scale` falls below the whole number for some sizes.
 */
export function fitInto(width: number, height: number, targetWidth: number, targetHeight: number) {
  return targetWidth * height <= targetHeight * width
    ? {
        scale: targetWidth / width,
        width: targetWidth,
        height: Math.max(1, Math.floor((height * targetWidth) / width)),
      }
    : {
        scale: targetHeight / height,
        width: Math.max(1, Math.floor((width * targetHeight) / height)),
        height: targetHeight,
      };
}
