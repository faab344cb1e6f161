import { Detections, defineNode, pin } from 'weft';
import { ByteTrack } from './shared/tracking/byte-track.ts';

export default defineNode({
  type: 'detect/track',
  version: 1,
  title: 'Track objects',
  summary: 'Gives every object a number that it keeps from picture to picture, also when it is hidden for a moment.',
  keywords: ['tracking', 'bytetrack', 'id', 'follow', 'count'],
  inputs: {
    detections: pin.detections({ description: 'The detections of each picture of a stream, unsure ones too.' }),
    sure: pin.number({
      default: 0.5,
      perItem: true,
      min: 0,
      max: 1,
      step: 0.01,
      widget: 'slider',
      description: 'Objects are only begun, and found again after they were hidden, by detections of this score.',
    }),
    least: pin.number({
      default: 0.1,
      perItem: true,
      min: 0,
      max: 1,
      step: 0.01,
      widget: 'slider',
      description: 'Detections down to this score may go on with an object that was just seen.',
    }),
    memory: pin.integer({
      default: 30,
      perItem: true,
      min: 0,
      max: 10_000,
      unit: 'pictures',
      description: 'How long an object that is not seen keeps its number.',
    }),
  },
  outputs: {
    detections: pin.detections({ description: 'Those that belong to an object, with its number.' }),
    count: pin.integer({ description: 'How many objects there were so far.' }),
  },
  open() {
    const tracker = new ByteTrack();
    return {
      process({ detections, sure, least, memory }) {
        // Scores are float32: compared with 0.9 as a double, a score of 0.9 would be below it.
        const ids = tracker.update(detections, { sure: Math.fround(sure), least: Math.fround(least), memory });
        const { boxes, scores, classIds, labels, space, origin } = detections;
        const numbered = new Detections(boxes, scores, classIds, labels, space, origin, ids);
        const tracked = Array.from(ids.keys()).filter((i) => ids[i] > 0);
        return { detections: numbered.pick(tracked), count: tracker.count };
      },
    };
  },
});
