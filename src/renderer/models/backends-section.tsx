import { CircleCheck, CircleMinus } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { BackendStatus } from '../../shared/node-api/backend.ts';
import type { ModelInspection } from '../../shared/protocol/model-inspection.ts';
import { notifyError } from '../announce/notices.ts';
import { call } from '../connection/host.ts';
import { ModelSection } from './model-facts.tsx';

/** What can run the model here, and what cannot and why. */
export function BackendsSection({ refusals }: { refusals: ModelInspection['refusals'] }) {
  const [backends, setBackends] = useState<readonly BackendStatus[] | null>(null);
  useEffect(() => {
    call('backends').then(setBackends, notifyError);
  }, []);
  return (
    <ModelSection title="Backends">
      <ul
        aria-label="Backends"
        aria-busy={backends === null}
        data-selectable
        className="flex flex-col divide-y divide-line rounded-node border border-line bg-panel"
      >
        {backends === null && <li className="px-3 py-1.5 text-dim">Each backend is being tried on this machine…</li>}
        {backends?.map((status) => (
          <Backend key={status.name} status={status} refusal={refusalOf(status.name, refusals)} />
        ))}
      </ul>
    </ModelSection>
  );
}

function Backend({ status, refusal }: { status: BackendStatus; refusal: string | null }) {
  const runs = status.available && refusal === null;
  const Icon = runs ? CircleCheck : CircleMinus;
  return (
    <li className="flex gap-2 px-3 py-1">
      <Icon aria-hidden className={`mt-px size-3.5 shrink-0 ${runs ? 'text-done' : 'text-faint'}`} />
      <span className="w-16 shrink-0 font-mono">{status.name}</span>
      <span className={`min-w-0 break-words ${runs ? '' : 'text-dim'}`}>{refusal ?? describe(status)}</span>
    </li>
  );
}

/** What stands against every backend is said above the page, once. */
function refusalOf(name: string, refusals: ModelInspection['refusals']): string | null {
  if (refusals.length > 1) return 'Cannot run this model.';
  return refusals.find(({ backend }) => backend === name)?.reason ?? null;
}

function describe(status: BackendStatus): string {
  if (!status.available) return `${status.reason}: ${status.remedy}.`;
  const device = status.device ?? 'Ready';
  return status.software ? `${device}, played by the processor and so slow` : device;
}
