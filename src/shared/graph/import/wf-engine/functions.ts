import { DETECTION_FUNCTIONS } from './detections.ts';
import { MODEL_FUNCTIONS } from './models.ts';
import { PICTURE_FUNCTIONS } from './pictures.ts';
import type { WorkflowFunction } from './template.ts';
import { VIDEO_FUNCTIONS } from './video.ts';
import { PIPELINE_FUNCTIONS } from './whole-pipelines.ts';

const FUNCTIONS: ReadonlyMap<string, WorkflowFunction> = new Map(
  [PICTURE_FUNCTIONS, MODEL_FUNCTIONS, DETECTION_FUNCTIONS, VIDEO_FUNCTIONS, PIPELINE_FUNCTIONS].flatMap((functions) =>
    Object.entries(functions),
  ),
);

/** The function that a dotted path names; null for one that has no counterpart. Its last part decides. */
export function functionOf(dottedPath: string): WorkflowFunction | null {
  const name = dottedPath.slice(dottedPath.lastIndexOf('.') + 1).replace(/_node$/, '');
  return FUNCTIONS.get(name) ?? null;
}
