import { defineNode, pin } from 'weft';

export default defineNode({
  type: 'stats/detections',
  version: 1,
  title: 'Total detections',
  summary: 'Counts pictures and detections over a whole stream, and how fast they came.',
  keywords: ['sum', 'summary', 'count', 'total', 'fps', 'video', 'rate'],
  effects: 'measures',
  inputs: { detections: pin.detections({ description: 'Those of each picture.' }) },
  outputs: {
    summary: pin.json({
      description:
        '{frames, detections, seconds, fps, perLabel}: seconds is the time that it took, perLabel sorts by number.',
    }),
  },
  collect() {
    const began = performance.now();
    const perLabel = new Map<string, number>();
    let frames = 0;
    let total = 0;
    return {
      add({ detections }, ctx) {
        frames++;
        total += detections.count;
        for (let k = 0; k < detections.count; k++) {
          const label = detections.labelOf(k);
          perLabel.set(label, (perLabel.get(label) ?? 0) + 1);
        }
        ctx.progress(null, `${total} detections`);
      },
      result() {
        const seconds = (performance.now() - began) / 1000;
        return {
          summary: {
            frames,
            detections: total,
            seconds,
            fps: seconds > 0 ? frames / seconds : 0,
            perLabel: Object.fromEntries([...perLabel].sort(([, a], [, b]) => b - a)),
          },
        };
      },
    };
  },
});
