import { useState } from 'react';
import type { ModelInspection } from '../../shared/protocol/model-inspection.ts';
import { TextInput } from '../ui/text-input.tsx';
import { ModelSection } from './model-facts.tsx';

interface OperatorsSectionProps {
  readonly operators: ModelInspection['operators'];
  /** Names of those that ONNX Runtime does not have. */
  readonly custom: readonly string[];
}

/** What the model is made of, the most frequent first. */
export function OperatorsSection({ operators, custom }: OperatorsSectionProps) {
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const found = operators
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .toSorted((a, b) => b.count - a.count || a.name.localeCompare(b.name));
  const most = Math.max(...operators.map(({ count }) => count));
  const total = operators.reduce((sum, { count }) => sum + count, 0);
  return (
    <ModelSection title={`Operators (${total} of ${operators.length} kinds)`}>
      <TextInput
        aria-label="Find an operator"
        placeholder="Find an operator"
        value={search}
        onChange={({ target }) => setSearch(target.value)}
      />
      <ul
        aria-label="Operators"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reached by keyboard.
        tabIndex={0}
        data-selectable
        className="max-h-72 overflow-y-auto rounded-node border border-line bg-panel py-1 font-mono"
      >
        {found.length === 0 && (
          <li className="px-3 py-1 font-sans text-dim">No operator of the model has this name.</li>
        )}
        {found.map(({ name, count }) => (
          <li key={name} className="relative flex h-6 items-center gap-3 px-3">
            <span
              aria-hidden
              className="absolute inset-y-0.5 left-0 rounded-r-control bg-accent-soft"
              style={{ width: `${(count / most) * 100}%` }}
            />
            <span className="relative min-w-0 flex-1 truncate">{name}</span>
            {custom.includes(name) && <span className="relative font-sans text-failed">not in ONNX Runtime</span>}
            <span className="tabular relative">{count}</span>
          </li>
        ))}
      </ul>
    </ModelSection>
  );
}
