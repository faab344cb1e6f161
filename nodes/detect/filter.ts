import { type Detections, defineNode, pin, WeftError } from 'weft';

export default defineNode({
  type: 'detect/filter',
  version: 1,
  title: 'Filter detections',
  summary: 'Keeps the detections that are sure enough and of the classes wanted.',
  keywords: ['confidence', 'threshold', 'score', 'class'],
  inputs: {
    detections: pin.detections({ description: 'The detections to choose from.' }),
    confidence: pin.number({
      default: 0.25,
      min: 0,
      max: 1,
      step: 0.01,
      widget: 'slider',
      description: 'The least score to keep.',
    }),
    classes: pin.list(pin.string(), { optional: true, description: 'Labels to keep; all when not set.' }),
  },
  outputs: { detections: pin.detections({ description: 'Those kept, in their order.' }) },
  run({ detections, confidence, classes }) {
    if (classes !== undefined) refuseUnknownLabels(classes, detections.labels);
    const wanted = classes && new Set(classes);
    // Scores are float32: compared with 0.9 as a double, a score of 0.9 would be below it.
    const least = Math.fround(confidence);
    const kept: number[] = [];
    for (let i = 0; i < detections.count; i++) {
      if (detections.scores[i] >= least && (wanted?.has(detections.labelOf(i)) ?? true)) kept.push(i);
    }
    return { detections: detections.pick(kept) };
  },
});

/** A misspelt label would quietly keep nothing. */
function refuseUnknownLabels(classes: readonly string[], labels: Detections['labels']): void {
  const unknown = classes.find((label) => labels.length > 0 && !labels.includes(label));
  if (unknown === undefined) return;
  const some =
    labels.length > 8 ? `${labels.slice(0, 8).join(', ')} or one of ${labels.length - 8} more` : labels.join(', ');
  throw new WeftError('E_VALUE', `The model knows no class \`${unknown}\`: choose ${some}.`, { pin: 'classes' });
}
