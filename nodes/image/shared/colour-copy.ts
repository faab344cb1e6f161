import type { Image, NodeContext } from 'weft';

/** A copy to draw on: colour pictures as they are, grey ones with three equal channels. */
export function colourCopy(image: Image, ctx: NodeContext): Image {
  const { depth, width, height, channels, data } = image;
  const copy = ctx.image(depth, width, height, channels === 4 ? 4 : 3);
  if (channels !== 1) copy.data.set(data);
  else for (let i = 0; i < data.length; i++) copy.data.fill(data[i], i * 3, i * 3 + 3);
  return copy;
}
