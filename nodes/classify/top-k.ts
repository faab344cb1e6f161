import { type DType, defineNode, pin, type Tensor, WeftError } from 'weft';

export default defineNode({
  type: 'classify/top-k',
  version: 1,
  title: 'Top classes',
  summary: 'Names the likeliest classes of a classification, the surest first.',
  keywords: ['classification', 'softmax', 'imagenet', 'argmax', 'probability', 'label', 'best'],
  inputs: {
    output: pin.tensor({ description: "The model's output for one picture: a number for each class, [1, classes]." }),
    labels: pin.list(pin.string(), {
      optional: true,
      description: 'Names of the classes, by class id; Read labels gives them.',
    }),
    count: pin.integer({ default: 5, min: 1, description: 'How many classes to name.' }),
    softmax: pin.enum(['auto', 'always', 'never'], {
      default: 'auto',
      description: 'Makes probabilities of logits; auto does unless the numbers are 0–1 and add up to 1 already.',
    }),
  },
  outputs: {
    classes: pin.json({ description: 'One {label, classId, score} each, the surest first.' }),
    label: pin.string({ description: 'Name of the surest class.' }),
    score: pin.number({ description: 'Its score, 0–1.' }),
  },
  run({ output, labels, count, softmax }) {
    const numbers = numbersOf(output);
    if (labels !== undefined && labels.length !== numbers.length) {
      throw new WeftError(
        'E_VALUE',
        `${output} has ${numbers.length} classes, but there are ${labels.length} labels: wire the labels of this model.`,
        { pin: 'labels' },
      );
    }
    const isLogits = softmax === 'always' || (softmax === 'auto' && !areProbabilities(numbers));
    const scores = isLogits ? softmaxOf(numbers) : numbers;
    const classes = Array.from(scores, (score, classId) => ({
      label: labels?.[classId] ?? `class ${classId}`,
      classId,
      score,
    }));
    const surest = classes.sort((a, b) => b.score - a.score).slice(0, count);
    return { classes: surest, label: surest[0].label, score: surest[0].score };
  },
});

function numbersOf(output: Tensor<DType>): number[] {
  const classes = Math.max(...output.shape, 0);
  const numbers = output.is('string') ? [] : Array.from(output.data as ArrayLike<number | bigint>, Number);
  if (numbers.length === 0 || numbers.length !== classes) {
    throw new WeftError(
      'E_VALUE',
      `${output} is not the output of a classification model for one picture, [1, classes]: wire that output.`,
      { pin: 'output' },
    );
  }
  if (!numbers.every(Number.isFinite)) {
    throw new WeftError(
      'E_VALUE',
      `${output} has numbers that are not finite: check how the picture was prepared, or the model.`,
      { pin: 'output' },
    );
  }
  return numbers;
}

/** The sum is that of rounded numbers: float16 keeps three digits. */
function areProbabilities(numbers: readonly number[]): boolean {
  const sum = numbers.reduce((a, b) => a + b, 0);
  return numbers.every((number) => number >= 0 && number <= 1) && Math.abs(sum - 1) < 0.01;
}

function softmaxOf(logits: readonly number[]): number[] {
  const largest = logits.reduce((a, b) => Math.max(a, b));
  const weights = logits.map((logit) => Math.exp(logit - largest));
  const sum = weights.reduce((a, b) => a + b);
  return weights.map((weight) => weight / sum);
}
