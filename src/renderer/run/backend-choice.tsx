import { useState } from 'react';
import { BACKEND_CHOICES, type BackendStatus } from '../../shared/node-api/backend.ts';
import { notifyError } from '../announce/notices.ts';
import { call } from '../connection/host.ts';
import { useApp } from '../state/app-store.ts';
import type { GraphState } from '../state/graph-store.ts';
import { useGraphState, useOpenGraph } from '../state/open-graph-context.tsx';
import { ChoiceField } from '../widgets/choice-field.tsx';

/** Where models run that leave the choice open. */
export function BackendChoice() {
  const { store } = useOpenGraph();
  const chosen = useGraphState(selectBackend);
  const byDefault = useApp(({ settings }) => settings.backend);
  const [known, setKnown] = useState<readonly BackendStatus[] | null>(null);
  // Each is tried out with a small model, so they are asked for only when somebody is about to choose.
  const ask = () => {
    if (known === null) call('backends').then(setKnown).catch(notifyError);
  };
  return (
    <div className="flex w-32 shrink-0">
      <ChoiceField
        label="Backend"
        value={chosen ?? byDefault}
        isDefault={chosen === null}
        size="compact"
        onApproach={ask}
        choices={BACKEND_CHOICES.map((value) => choiceOf(value, known))}
        edit={(change) => {
          if (change.kind === 'set') store.setState({ backend: String(change.value) });
        }}
      />
    </div>
  );
}

const selectBackend = ({ backend }: GraphState) => backend;

function choiceOf(value: (typeof BACKEND_CHOICES)[number], known: readonly BackendStatus[] | null) {
  if (value === 'auto') return { value, label: 'auto: the fastest' };
  const status = known?.find(({ name }) => name === value);
  if (status === undefined) return { value, label: value };
  if (!status.available) return { value, label: `${value}: ${status.reason}`, disabled: true };
  return { value, label: status.device === null ? value : `${value}: ${status.device}` };
}
