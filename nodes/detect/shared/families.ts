import { WeftError } from 'weft';
import { detr } from './families/detr.ts';
import { nanodet } from './families/nanodet.ts';
import { rfDetr } from './families/rf-detr.ts';
import { ultraface } from './families/ultraface.ts';
import { yoloEnd2end } from './families/yolo-end2end.ts';
import { yolov5 } from './families/yolov5.ts';
import { yolov8 } from './families/yolov8.ts';
import { yolox } from './families/yolox.ts';
import { yunet } from './families/yunet.ts';
import type { Family, ModelForm } from './family.ts';

/** All families, in the order in which they are tried: the first that recognises a model is taken. */
export const FAMILIES = {
  yunet,
  ultraface,
  nanodet,
  'rf-detr': rfDetr,
  detr,
  'yolo-end2end': yoloEnd2end,
  yolov5,
  yolox,
  // Last, since any single output of three axes may be one.
  yolov8,
} as const satisfies Record<string, Family>;

export type FamilyName = keyof typeof FAMILIES;

export const FAMILY_NAMES = Object.keys(FAMILIES) as FamilyName[];

/** For a pin that chooses the family. */
export const FAMILY_CHOICES = ['auto', ...FAMILY_NAMES] as const;

/** Undefined when no family has this form. */
export function findFamily(form: ModelForm): FamilyName | undefined {
  return FAMILY_NAMES.find((name) => FAMILIES[name].recognises(form));
}

/** @throws E_VALUE when no family has this form. */
export function recogniseFamily(form: ModelForm): FamilyName {
  const found = findFamily(form);
  if (found !== undefined) return found;
  const outputs = form.outputs.map(({ name, shape }) => `\`${name}\` [${shape?.map((dim) => dim ?? '?') ?? '…'}]`);
  throw new WeftError(
    'E_VALUE',
    `Outputs of the form ${outputs.join(', ') || 'of no model'} are of no family of detection models that Weft knows: choose \`family\`, or decode them with a node of your own.`,
    { pin: 'family' },
  );
}
