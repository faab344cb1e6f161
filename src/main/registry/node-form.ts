import { z } from 'zod';
import type { NodeDefinition } from '../../shared/node-api/define-node.ts';
import { type NodeSignature, signatureOf } from '../../shared/node-api/signature.ts';
import { WeftError } from '../../shared/node-api/weft-error.ts';
import type { NodeFile } from './node-files.ts';

const Json = z.json();

const PinForm = z.object({
  type: z.looseObject({ kind: z.string() }),
  options: z.looseObject({
    description: z.string().optional(),
    optional: z.boolean().optional(),
    default: Json.optional(),
    min: z.number().optional(),
    max: z.number().optional(),
    step: z.number().positive().optional(),
    unit: z.string().optional(),
    widget: z.enum(['slider', 'multiline', 'camera', 'hidden']).optional(),
    acceptsSkipped: z.boolean().optional(),
    perItem: z.literal(true).optional(),
    access: z.enum(['read', 'write']).optional(),
    content: z.literal('model').optional(),
    frames: z.literal(true).optional(),
  }),
});

const PinsForm = z.record(z.string().regex(/^[a-z][A-Za-z0-9_-]*$/, 'a pin is named like padX'), PinForm);

const BODIES = ['run', 'source', 'open', 'collect'] as const;

const NodeForm = z
  .looseObject({
    type: z.string(),
    version: z.int().min(1),
    title: z.string().min(1),
    summary: z.string().min(1),
    keywords: z.array(z.string()).optional(),
    inputs: PinsForm,
    outputs: PinsForm,
    effects: z.enum(['writes', 'shows', 'network', 'measures']).optional(),
    live: z.literal(true).optional(),
    stream: z.enum(['begins', 'pairs', 'follows']).optional(),
  })
  .refine(
    (node) =>
      BODIES.filter((body) => node[body] !== undefined).length === 1 &&
      BODIES.every((body) => node[body] === undefined || typeof node[body] === 'function'),
    'a node has exactly one of run, source, open and collect',
  )
  .refine(({ stream, open }) => stream !== 'begins' || open !== undefined, 'a node that begins a stream has open')
  .refine(
    ({ stream, open, run }) => stream === undefined || open !== undefined || run !== undefined,
    'a node that pairs or follows streams has run or open',
  );

/**
 * The signature of what a node file exports.
 * @throws E_NODE_LOAD when it does not define the node that the file's name promises.
 */
export function checkedSignature(exported: unknown, file: NodeFile): NodeSignature {
  if (exported === undefined) {
    throw notANode(file, 'has no default export; write `export default defineNode({ … })`');
  }
  const parsed = NodeForm.safeParse(exported);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw notANode(file, `does not define a node: ${[issue.path.join('.'), issue.message].filter(Boolean).join(': ')}`);
  }
  const { type, version } = parsed.data;
  if (type !== file.type) {
    throw notANode(file, `defines ${type}; name the node ${file.type}, or move the file to ${type}.ts`);
  }
  if (file.version !== null && version !== file.version) {
    throw notANode(file, `defines version ${version}; its name says ${file.version}`);
  }
  // Sound: the form of everything a signature is made of was checked above.
  return signatureOf(exported as NodeDefinition);
}

function notANode(file: NodeFile, what: string): WeftError {
  return new WeftError('E_NODE_LOAD', `${file.path} ${what}.`);
}
