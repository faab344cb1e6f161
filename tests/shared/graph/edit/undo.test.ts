import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Graph } from '../../../../src/shared/graph/document.ts';
import { GraphEditor } from '../../../../src/shared/graph/edit/graph-editor.ts';
import { parseGraph } from '../../../../src/shared/graph/parse.ts';
import { writeGraph } from '../../../../src/shared/graph/write.ts';
import { body } from '../fixtures/nodes.ts';
import { detection } from './editing.ts';
import { OPERATIONS, type Pick } from './random-edits.ts';

const SEQUENCES = 2000;
const SEED = 20;
const NAMES = Object.keys(OPERATIONS);

/** Everything a file may hold, unknown keys and mistakes among it. */
const START = {
  strange: { z: 1, a: [1, 2] },
  ...detection,
  nodes: [
    ...detection.nodes,
    { id: 'g', type: 'graph/inner', params: { size: 3 }, mood: 'calm' },
    { id: 'box', type: 'math/add@1' },
    { id: 'x', type: 'gone/gone@1', ui: { glow: true } },
  ],
  wires: [...(detection.wires ?? []), { from: 'read', to: 'g' }, { from: 'x.y', to: 'gone.z', note: 'kept' }],
  after: [{ from: 'read', to: 'g' }],
  frames: [{ at: [-50, -50], size: [500, 200], title: 'All', glow: 1 }],
  graphs: {
    inner: body(
      {
        size: { type: 'io/input@1', params: { name: 'size', type: 'number' } },
        add: 'math/add@1',
        out: { type: 'io/output@1', params: { name: 'out' } },
      },
      ['size.value → add.a', 'add.sum → out.value'],
    ),
  },
} as unknown as Graph;

/** One edit: an operation and the choices it makes, which fast-check makes simpler when a sequence fails. */
interface RandomEdit {
  readonly operation: string;
  readonly choices: readonly number[];
  readonly merge: string | undefined;
  readonly mark: boolean;
}

const edits = (length: number) =>
  fc.array(
    fc.record<RandomEdit>({
      operation: fc.constantFrom(...NAMES),
      choices: fc.array(fc.nat({ max: 100_000 }), { minLength: 4, maxLength: 16 }),
      merge: fc.constantFrom(undefined, 'drag', 'slider'),
      mark: fc.boolean(),
    }),
    { minLength: 1, maxLength: length, size: 'max' },
  );

/** Gives the choices one after the other, round and round. */
function picker(choices: readonly number[]): Pick {
  let next = 0;
  return (below) => (below === 0 ? 0 : choices[next++ % choices.length] % below);
}

function perform(editor: GraphEditor, { operation, choices, merge }: RandomEdit): void {
  const pick = picker(choices);
  const bodies = [null, ...Object.keys(editor.graph.graphs ?? {})];
  const name = bodies[pick(3) === 0 ? pick(bodies.length) : 0];
  editor.edit(operation, (draft) => OPERATIONS[operation](draft.body(name), pick), { merge });
}

describe(`${SEQUENCES} random sequences of all operations`, () => {
  test('come back to the start by undoing, to the end by doing again, and to any step by a jump', () => {
    const start = writeGraph(START);
    const effective = new Set<string>();
    fc.assert(
      fc.property(edits(24), fc.array(fc.nat(), { maxLength: 4 }), (sequence, jumps) => {
        const editor = new GraphEditor(START);
        /** What the file would be at each position of the history. */
        const texts = [start];
        for (const edit of sequence) {
          const { version } = editor;
          perform(editor, edit);
          if (editor.version !== version) effective.add(edit.operation);
          if (edit.mark) editor.mark();
          texts.length = editor.position + 1;
          texts[editor.position] = writeGraph(editor.graph);
        }
        for (const jump of jumps) {
          const position = jump % texts.length;
          editor.jump(position);
          expect(writeGraph(editor.graph)).toBe(texts[position]);
        }
        while (editor.canUndo) editor.undo();
        expect(writeGraph(editor.graph)).toBe(start);
        expect(editor.isSaved).toBe(true);
        while (editor.canRedo) editor.redo();
        const end = texts[texts.length - 1];
        expect(writeGraph(editor.graph)).toBe(end);
        expect(parseGraph(end)).toMatchObject({ kind: 'ok' });
      }),
      { numRuns: SEQUENCES, seed: SEED },
    );
    expect([...effective].sort()).toEqual(NAMES.toSorted());
  }, 60_000);

  test('keep the history within its memory, and what is left of it exact', () => {
    const limit = 4096;
    let forgot = 0;
    fc.assert(
      fc.property(edits(24), (sequence) => {
        const editor = new GraphEditor(START, { historyBytes: limit });
        const texts = [writeGraph(START)];
        for (const edit of sequence) {
          const { version } = editor;
          perform(editor, { ...edit, merge: undefined });
          if (editor.version !== version) texts.push(writeGraph(editor.graph));
          expect(editor.historyBytes <= limit || editor.history.length === 1).toBe(true);
        }
        const undone = [writeGraph(editor.graph)];
        while (editor.undo()) undone.push(writeGraph(editor.graph));
        expect(undone).toEqual(texts.toReversed().slice(0, undone.length));
        if (undone.length < texts.length) forgot++;
      }),
      { numRuns: SEQUENCES / 4, seed: SEED },
    );
    expect(forgot).toBeGreaterThan(0);
  }, 60_000);
});
