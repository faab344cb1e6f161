import type { Engine } from './engine.ts';

/** What the engine can do on this machine, as lines for people. */
export async function examine(engine: Engine): Promise<Record<string, string>> {
  const { default: sharp } = await import('sharp');
  const formats = Object.values(sharp.format)
    .filter(({ input }) => input.file)
    .map(({ id }) => id);
  const statuses = await (await engine.isolates.inference()).backends();
  const backends = statuses.map(({ name, available }) => (available ? name : `${name} (not available)`));
  const videos = await engine.isolates.videos();
  const { ffmpeg, encoders } = await videos.codecs();
  const cameras = (await videos.cameras()).map(({ index, description, name }) => `${index}: ${description} (${name})`);
  return {
    Arena: engine.store.stats().arena.sharing,
    'ONNX Runtime backends': backends.join(', '),
    'Picture formats': formats.join(', '),
    'Video (FFmpeg)': `${ffmpeg}, writes with ${encoders.join(', ')}`,
    Cameras: cameras.join(', ') || 'none',
    Nodes: String(engine.registry.catalogue().length),
  };
}
