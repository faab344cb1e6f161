import { setCorners } from '../boxes.ts';
import { canBe, type Family, floatsOf, wrongForm } from '../family.ts';

/**
 * UltraFace (version-RFB, version-slim), a detector of faces: `scores` float [1, priors, 2], of background and face, 0–1
 * already, and `boxes` float [1, priors, 4]: left, top, right and bottom as parts of the picture's width and height.
 * Pictures are stretched, RGB, (sample − 127) ÷ 128.
 * Source: run_video_face_detect_onnx.py of Linzaer/Ultra-Light-Fast-Generic-Face-Detector-1MB.
 */
export const ultraface: Family = {
  title: 'UltraFace',
  form: '`scores` [1, priors, 2] and `boxes` [1, priors, 4]',
  preparation: { fit: 'stretch', padding: 0, channels: 'rgb', scale: 1, mean: [127], std: [128] },
  labels: ['face'],
  recognises: ({ outputs }) =>
    outputs.some((output) => output.name === 'scores' && canBe(output.shape, [1, null, 2])) &&
    outputs.some((output) => output.name === 'boxes' && canBe(output.shape, [1, null, 4])),
  decode(outputs, input, _, ctx) {
    const scores = outputs.get('scores');
    const boxes = outputs.get('boxes');
    const priors = scores?.shape[1] ?? 0;
    if (!scores || !boxes || !canBe(scores.shape, [1, priors, 2]) || !canBe(boxes.shape, [1, priors, 4])) {
      return wrongForm(outputs, 'UltraFace', '`scores` [1, priors, 2] and `boxes` [1, priors, 4]');
    }
    const pairs = floatsOf(scores);
    const parts = floatsOf(boxes);
    const faces = ctx.tensor('float32', [priors]).data;
    const pixels = ctx.tensor('float32', [priors, 4]).data;
    const { width, height } = input;
    for (let i = 0, at = 0; i < priors; i++, at += 4) {
      faces[i] = pairs[i * 2 + 1];
      setCorners(pixels, i, parts[at] * width, parts[at + 1] * height, parts[at + 2] * width, parts[at + 3] * height);
    }
    return { boxes: pixels, scores: faces, classIds: ctx.tensor('int32', [priors]).data.fill(0), classCount: 1 };
  },
};
