import { defineNode, pin, type Tensor, WeftError } from 'weft';

export default defineNode({
  type: 'tensor/statistics',
  version: 1,
  title: 'Tensor statistics',
  summary: 'Minimum, maximum, mean and spread over every element of a tensor, and how many are NaN or infinite.',
  keywords: ['min', 'max', 'mean', 'std', 'nan', 'inf', 'range', 'inspect', 'debug'],
  inputs: { tensor: pin.tensor() },
  outputs: {
    min: pin.number({ description: 'Of the finite elements; NaN when there are none, as all four figures.' }),
    max: pin.number(),
    mean: pin.number(),
    std: pin.number({ description: 'Standard deviation of the population: the sum is divided by the count.' }),
    count: pin.integer({ description: 'All elements.' }),
    nan: pin.integer({ description: 'Elements that are not a number.' }),
    infinite: pin.integer({ description: 'Elements that are + or − infinity.' }),
  },
  run({ tensor }) {
    if (tensor.is('string')) {
      throw new WeftError('E_VALUE', `${tensor} holds text, which has no statistics: wire a tensor of numbers.`, {
        pin: 'tensor',
      });
    }
    return statisticsOf(tensor.data as Exclude<Tensor['data'], string[]>);
  },
});

function statisticsOf(data: Exclude<Tensor['data'], string[]>) {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let sum = 0;
  let nan = 0;
  let infinite = 0;
  for (let i = 0; i < data.length; i++) {
    const value = Number(data[i]);
    if (Number.isFinite(value)) {
      sum += value;
      if (value < min) min = value;
      if (value > max) max = value;
    } else if (Number.isNaN(value)) nan++;
    else infinite++;
  }
  const finite = data.length - nan - infinite;
  const counts = { count: data.length, nan, infinite };
  if (finite === 0) return { min: Number.NaN, max: Number.NaN, mean: Number.NaN, std: Number.NaN, ...counts };

  // A second pass, since the difference of two large sums would lose the spread of values far from zero.
  const mean = sum / finite;
  let squares = 0;
  for (let i = 0; i < data.length; i++) {
    const value = Number(data[i]);
    if (Number.isFinite(value)) squares += (value - mean) ** 2;
  }
  return { min, max, mean, std: Math.sqrt(squares / finite), ...counts };
}
