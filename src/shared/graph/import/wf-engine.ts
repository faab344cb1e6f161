import type { NodeSignature } from '../../node-api/signature.ts';
import type { Problem } from '../checked-graph.ts';
import { ProblemList } from '../problem-list.ts';
import { type AssembledGraph, assemble } from './wf-engine/assemble.ts';
import { linkSteps } from './wf-engine/steps.ts';
import { readWorkflow } from './wf-engine/workflow.ts';

export type ImportedWorkflow =
  | ({ readonly kind: 'ok' } & AssembledGraph)
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/**
 * Turns a wf-engine workflow (JSON) into a Weft graph (engine.md 1.8). What is passed by name there is wired here; steps
 * that only wait for each other are ordered by `after`. A workflow with mistakes is refused with all of them. Never
 * throws.
 */
export function importWfEngine(text: string, catalogue: (type: string) => NodeSignature | undefined): ImportedWorkflow {
  const problems = new ProblemList();
  const workflow = readWorkflow(text, problems);
  const steps = workflow === null ? [] : linkSteps(workflow.nodes, problems);
  if (workflow === null || problems.all.length > 0) return { kind: 'refused', problems: problems.all };
  return { kind: 'ok', ...assemble(workflow, steps, catalogue) };
}
