import { type NodeContext, type Tensor, WeftError } from 'weft';

/** Outputs of a model by name, in the order of its signature. */
export type Outputs = ReadonlyMap<string, Tensor>;

/** Width and height of a model's input, in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** How pictures become the input of a family's models. */
export interface Preparation {
  /** `centre` and `corner` keep the shape of the picture and pad what is left: evenly, or at the right and below. */
  readonly fit: 'centre' | 'corner' | 'stretch';
  /** Grey of the padding, 0–255. */
  readonly padding: number;
  readonly channels: 'rgb' | 'bgr';
  /** Samples of 0–255 become `(sample ÷ scale − mean) ÷ std`; mean and std in the order of `channels`, or one for all. */
  readonly scale: number;
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** Every candidate of a model, with its best class. */
export interface Candidates {
  /** Left, top, right, bottom of each, in pixels of the model's input. */
  readonly boxes: Float32Array;
  /** NaN for a candidate that has no number for a score. */
  readonly scores: Float32Array;
  readonly classIds: Int32Array;
  /** How many classes the model tells apart; null when its outputs do not say. */
  readonly classCount: number | null;
}

/** What the model's file or the graph says of its classes, where it says anything. */
export interface ClassHints {
  readonly count: number | undefined;
  /** `metadata.task` of the file, as Ultralytics writes it: `detect`, `segment`, `pose`. */
  readonly task: string | undefined;
}

/** Name and shape of an output; dimensions that the file leaves open are names or null, any rank is null. */
export interface OutputForm {
  readonly name: string;
  readonly shape: readonly (number | string | null)[] | null;
}

/** What a family is recognised by. */
export interface ModelForm {
  readonly outputs: readonly OutputForm[];
  /** Undefined where the file leaves it open. */
  readonly width: number | undefined;
  readonly height: number | undefined;
  readonly classCount: number | undefined;
}

/** Detection models that take and give the same form of tensors. */
export interface Family {
  /** What people call it. */
  readonly title: string;
  /** What its outputs are, for people: a clause. */
  readonly form: string;
  readonly preparation: Preparation;
  /** The models give every object once, so suppression would only lose objects that overlap. */
  readonly oneEach?: true;
  /** Names of the classes by id where file and graph have none; COCO's for 80 classes when left out. */
  readonly labels?: readonly string[];
  /** Whether a model looks like one of the family. Open dimensions may be anything. */
  recognises(form: ModelForm): boolean;
  /**
   * Thousands of candidates a picture go to memory of `ctx`: on the heap they would have it collected every second.
   * @throws E_VALUE when the outputs have another form.
   */
  decode(outputs: Outputs, input: Size, classes: ClassHints, ctx: NodeContext): Candidates;
}

/** The elements of an output. @throws E_VALUE when they are no floats. */
export function floatsOf(output: Tensor): Float32Array {
  if (output.is('float32')) return output.data;
  if (output.is('float16')) return new Float32Array(output.data);
  throw new WeftError(
    'E_VALUE',
    `Detections are decoded from float32 or float16, not from ${output}: wire the model's output for boxes.`,
  );
}

/** Whether a shape can be `pattern`: null in either stands for any length. */
export function canBe(shape: OutputForm['shape'] | undefined, pattern: readonly (number | null)[]): boolean {
  return (
    shape?.length === pattern.length &&
    shape.every((dim, axis) => typeof dim !== 'number' || pattern[axis] === null || dim === pattern[axis])
  );
}

/** @throws E_VALUE unless the model has as many classes as there are names for. */
export function checkClassCount(output: Tensor, found: number, { count }: ClassHints): void {
  if (found >= 1 && (count === undefined || count === found)) return;
  throw new WeftError(
    'E_VALUE',
    `${output} has scores of ${Math.max(found, 0)} classes${count === undefined ? '' : `, but there are names of ${count}`}: ` +
      'wire the labels of this model, or choose its family.',
  );
}

/** @throws E_VALUE */
export function wrongForm(outputs: Outputs, family: string, form: string): never {
  const given = [...outputs].map(([name, tensor]) => `\`${name}\` ${tensor}`).join(', ');
  throw new WeftError(
    'E_VALUE',
    `The outputs ${given} are not those of ${family} for one picture, ${form}: wire all outputs of such a model, or choose another family.`,
  );
}
