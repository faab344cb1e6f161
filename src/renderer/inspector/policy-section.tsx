import { RotateCcw } from 'lucide-react';
import type { GraphNode, Policy } from '../../shared/graph/document.ts';
import { setPolicy } from '../../shared/graph/edit/set-policy.ts';
import type { PinOptions } from '../../shared/node-api/pins.ts';
import type { PinType } from '../../shared/types/pin-type.ts';
import { editBody } from '../canvas/edit-body.ts';
import { useOpenGraph } from '../state/open-graph-context.tsx';
import { IconButton } from '../ui/button.tsx';
import { ValueField } from '../widgets/value-field.tsx';
import { Row, Section } from './section.tsx';

interface PolicyPart {
  readonly key: Exclude<keyof Policy, 'retryOn'>;
  readonly name: string;
  readonly hint: string;
  readonly type: PinType;
  readonly options: PinOptions;
}

const PARTS: readonly PolicyPart[] = [
  {
    key: 'attempts',
    name: 'Attempts',
    hint: 'Tries in all.',
    type: { kind: 'integer' },
    options: { default: 1, min: 1, max: 10 },
  },
  {
    key: 'wait',
    name: 'Wait',
    hint: 'Before the second try.',
    type: { kind: 'number' },
    options: { default: 0, min: 0, step: 0.1, unit: 's' },
  },
  {
    key: 'backoff',
    name: 'Backoff',
    hint: 'By how much the wait grows with each try.',
    type: { kind: 'number' },
    options: { default: 1, min: 1, step: 0.1, unit: '×' },
  },
  {
    key: 'timeout',
    name: 'Time limit',
    hint: 'For one try; none when empty.',
    type: { kind: 'number' },
    options: { min: 0, step: 1, unit: 's' },
  },
  {
    key: 'onError',
    name: 'On error',
    hint: 'For a node over items: a failed item ends the run, or only itself.',
    type: { kind: 'enum', values: ['stop', 'skip'] },
    options: { default: 'stop' },
  },
  {
    key: 'keep',
    name: 'Keep results',
    hint: 'Results for the items of a stream are cached too.',
    type: { kind: 'boolean' },
    options: { default: false },
  },
];

/** What happens when the nodes fail or take long. Shows the policy of the first; what is set is set on all. */
export function PolicySection({ nodes }: { nodes: readonly GraphNode[] }) {
  const graph = useOpenGraph();
  const ids = new Set(nodes.map(({ id }) => id));
  const policy = nodes[0].policy ?? {};
  return (
    <Section title="When it fails" isClosed={Object.keys(policy).length === 0}>
      {PARTS.map(({ key, name, hint, type, options }) => (
        <Row key={key} name={name} hint={hint}>
          <ValueField
            label={name}
            type={type}
            options={options}
            value={policy[key] ?? options.default}
            isDefault={policy[key] === undefined}
            size="full"
            edit={(change) => {
              if (change.kind === 'abandon') {
                graph.editor.bailToMark();
                return;
              }
              const merge = `policy ${[...ids].join(' ')} ${key}`;
              editBody(graph, `Set ${name}`, (draft) => setPolicy(draft, ids, { [key]: change.value }), { merge });
              if (!change.goesOn) graph.editor.mark();
            }}
          />
          {policy[key] !== undefined && (
            <IconButton
              icon={RotateCcw}
              label={`Reset ${name} to its default`}
              onClick={() => editBody(graph, `Reset ${name}`, (draft) => setPolicy(draft, ids, { [key]: undefined }))}
            />
          )}
        </Row>
      ))}
    </Section>
  );
}
