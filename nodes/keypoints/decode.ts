import { defineNode, Keypoints, ownSpace, pin, type Space, WeftError } from 'weft';
import { yunet, yunetPoints } from '../detect/shared/families/yunet.ts';
import { TENSORS, type Tensors } from '../model/shared/tensors.ts';

export default defineNode({
  type: 'keypoints/decode',
  version: 1,
  title: 'Keypoints of detections',
  summary: 'Reads the eyes, nose and corners of the mouth of each face that a YuNet model found.',
  keywords: ['landmarks', 'face', 'eyes', 'points', 'yunet'],
  inputs: {
    detections: pin.detections({
      description: 'As detect/nms gives them, before detect/to-original; every one gets its points.',
    }),
    outputs: pin.rule<Tensors>(TENSORS, { description: 'All outputs of the model that found them, from Infer.' }),
  },
  outputs: {
    keypoints: pin.keypoints({
      description:
        'In pixels of the original picture, for each face: right eye, left eye, tip of the nose, right and left corner of the mouth. They have the score of their face.',
    }),
  },
  run({ detections: { scores, space, origin }, outputs }) {
    const forms = [...outputs].map(([name, { shape }]) => ({ name, shape }));
    if (!yunet.recognises({ outputs: forms, width: space.width, height: space.height, classCount: undefined })) {
      throw new WeftError('E_VALUE', 'The outputs have no keypoints: wire those of a YuNet model.', { pin: 'outputs' });
    }
    const { points, perObject } = yunetPoints(outputs, space);
    const numbers = perObject * 2;
    if (origin === null || origin.candidates.some((candidate) => (candidate + 1) * numbers > points.length)) {
      throw new WeftError(
        'E_VALUE',
        'The detections do not come from these outputs: wire the outputs to detect/decode, and its detections here.',
        { pin: 'detections' },
      );
    }
    const found = new Float32Array(scores.length * numbers);
    origin.candidates.forEach((candidate, i) => {
      found.set(points.subarray(candidate * numbers, (candidate + 1) * numbers), i * numbers);
    });
    const ofEachPoint = Float32Array.from(
      { length: scores.length * perObject },
      (_, k) => scores[Math.floor(k / perObject)],
    );
    const whole = ownSpace(space.originalWidth, space.originalHeight);
    return { keypoints: new Keypoints(inOriginal(found, space), ofEachPoint, perObject, whole) };
  },
});

function inOriginal(points: Float32Array, { scale, scaleY, padX, padY }: Space): Float32Array {
  return points.map((place, i) => (i % 2 === 0 ? (place - padX) / scale : (place - padY) / scaleY));
}
