import { type ReactNode, useId } from 'react';
import type { ModelInspection } from '../../shared/protocol/model-inspection.ts';
import type { TensorPort } from '../../shared/types/pin-type.ts';
import { formatBytes } from '../previews/format-value.ts';
import { countText, purposeText, shapeText } from './model-words.ts';

/** A titled part of what is known of a model. */
export function ModelSection({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex min-w-0 flex-col gap-2">
      <h2 id={id} className="font-semibold">
        {title}
      </h2>
      {children}
    </section>
  );
}

/** What it is for, and what the file is. */
export function FactsSection({ model }: { model: ModelInspection }) {
  const { purpose, refusals, unsupported, bytes, weights, irVersion, opsets, producer } = model;
  // Why no backend runs it is said above the page.
  const isRefused = refusals.length > 1;
  const total = weights.reduce((sum, { count }) => sum + count, 0);
  return (
    <ModelSection title="About">
      <dl data-selectable className={FACTS}>
        <Fact name="Purpose">
          <span className="font-sans">{purposeText(purpose)}</span>
          {!isRefused && <p className="font-sans text-dim">{purpose.reason}</p>}
        </Fact>
        {unsupported.length > 0 && (
          <Fact name="Not carried">{unsupported.map(({ port, type }) => `${port}: ${type}`).join(', ')}</Fact>
        )}
        <Fact name="Size">{formatBytes(bytes)}</Fact>
        <Fact name="Parameters">{countText(total)}</Fact>
        <Fact name="Precision">{precisionText(weights, total)}</Fact>
        <Fact name="Opset">
          {Object.entries(opsets)
            .map(([domain, version]) => `${domain} ${version}`)
            .join(', ')}
        </Fact>
        <Fact name="IR version">{irVersion}</Fact>
        <Fact name="Made by">{producer === '' ? 'not said' : producer}</Fact>
      </dl>
    </ModelSection>
  );
}

/** Tensors that a run needs, or gives. */
export function PortsSection({ title, ports }: { title: 'Inputs' | 'Outputs'; ports: readonly TensorPort[] }) {
  return (
    <ModelSection title={title}>
      {ports.length === 0 ? (
        <p className="text-dim">None that can be carried.</p>
      ) : (
        <table
          data-selectable
          className="w-full table-fixed border-separate border-spacing-0 rounded-node border border-line bg-panel"
        >
          <thead className="sr-only">
            <tr>
              <th scope="col">Name</th>
              <th scope="col" className="w-20">
                Type
              </th>
              <th scope="col">Shape</th>
            </tr>
          </thead>
          <tbody className="font-mono">
            {ports.map((port) => (
              <tr key={port.name}>
                <td className="truncate py-1 pr-2 pl-3" title={port.name}>
                  {port.name}
                </td>
                <td className="text-dim">{port.dtype}</td>
                <td className="truncate pr-3 text-right text-(--pin-tensor)" title={shapeText(port)}>
                  {shapeText(port)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </ModelSection>
  );
}

export function MetadataSection({ metadata }: { metadata: ModelInspection['metadata'] }) {
  const entries = Object.entries(metadata);
  return (
    <ModelSection title="Notes in the file">
      {entries.length === 0 ? (
        <p className="text-dim">The file has none.</p>
      ) : (
        <dl data-selectable className={FACTS}>
          {entries.map(([key, value]) => (
            <Fact key={key} name={key}>
              <span className="line-clamp-6 break-words" title={value}>
                {value}
              </span>
            </Fact>
          ))}
        </dl>
      )}
    </ModelSection>
  );
}

/** The files beside the model in which its weights lie; nothing where there are none. */
export function ExternalDataSection({ paths }: { paths: readonly string[] }) {
  if (paths.length === 0) return null;
  return (
    <ModelSection title="Weights in other files">
      <ul data-selectable className="rounded-node border border-line bg-panel px-3 py-2 font-mono">
        {paths.map((path) => (
          <li key={path} className="break-all">
            {path}
          </li>
        ))}
      </ul>
    </ModelSection>
  );
}

const FACTS = 'grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 rounded-node border border-line bg-panel px-3 py-2';

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="max-w-32 truncate text-dim" title={name}>
        {name}
      </dt>
      <dd className="tabular min-w-0 break-words font-mono">{children}</dd>
    </div>
  );
}

/** `float32`, or the parts of several types where a part is large enough to be seen. */
function precisionText(weights: ModelInspection['weights'], total: number): string {
  const shares = weights.map(({ type, count }) => ({ type, percent: Math.round((count / total) * 100) }));
  const seen = shares.filter(({ percent }) => percent > 0);
  if (seen.length === 0) return 'no weights';
  if (seen.length === 1) return seen[0].type;
  return seen.map(({ type, percent }) => `${percent} % ${type}`).join(', ');
}
