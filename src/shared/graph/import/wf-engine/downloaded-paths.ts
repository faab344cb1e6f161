import type { JsonValue } from '../../../node-api/pins.ts';
import { DOWNLOAD_MODEL } from './models.ts';
import type { Step, StepInput } from './steps.ts';

/**
 * In wf-engine a step names the file that an earlier one downloads by its path. Weft keeps downloads elsewhere, so such a
 * literal becomes a reference to the step that downloads.
 */
export function referDownloads(steps: readonly Step[]): Step[] {
  const downloads = new Map<string, number>();
  steps.forEach((step, index) => {
    const path = step.known === DOWNLOAD_MODEL ? downloadedPath(step) : undefined;
    if (path !== undefined) downloads.set(path, index);
  });
  if (downloads.size === 0) return [...steps];
  return steps.map((step, index) => {
    if (step.known === null || step.known === DOWNLOAD_MODEL) return step;
    const earlier = stepsBefore(index, steps);
    const refer = (input: StepInput): StepInput => {
      const download =
        'literal' in input && typeof input.literal === 'string' ? downloads.get(plain(input.literal)) : undefined;
      return download === undefined || !earlier.has(download) ? input : { step: download, key: 'model_path' };
    };
    return { ...step, inputs: new Map([...step.inputs].map(([param, input]) => [param, refer(input)])) };
  });
}

function downloadedPath({ inputs }: Step): string | undefined {
  const folder = literal(inputs.get('models_dir'), 'models');
  const name = literal(inputs.get('model_name'), 'yolov8s.onnx');
  return typeof folder === 'string' && typeof name === 'string' ? plain(`${folder}/${name}`) : undefined;
}

function literal(input: StepInput | undefined, byDefault: string): JsonValue | undefined {
  if (input === undefined) return byDefault;
  return 'literal' in input ? input.literal : undefined;
}

/** One spelling for paths that mean the same. */
function plain(path: string): string {
  return path
    .replaceAll('\\', '/')
    .split('/')
    .filter((part, index) => part !== '.' && (part !== '' || index === 0))
    .join('/');
}

function stepsBefore(index: number, steps: readonly Step[]): Set<number> {
  const before = new Set<number>();
  const stack = [...steps[index].waitsFor];
  for (let step = stack.pop(); step !== undefined; step = stack.pop()) {
    if (before.has(step)) continue;
    before.add(step);
    stack.push(...steps[step].waitsFor);
  }
  return before;
}
