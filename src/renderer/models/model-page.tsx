import { Box, FileX2, Gauge, Workflow } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ModelInspection } from '../../shared/protocol/model-inspection.ts';
import { announce } from '../announce/announce.ts';
import { notifyError } from '../announce/notices.ts';
import { call } from '../connection/host.ts';
import { fileName } from '../files/graph-name.ts';
import { Banner } from '../frame/banner.tsx';
import { type ModelRef, useApp } from '../state/app-store.ts';
import { removeTab } from '../state/tabs.ts';
import { Button } from '../ui/button.tsx';
import { BackendsSection } from './backends-section.tsx';
import { compareBackends } from './compare-backends.ts';
import { ExternalDataSection, FactsSection, MetadataSection, PortsSection } from './model-facts.tsx';
import { chooseAndOpenModel, openSuggestedGraph } from './open-model.ts';
import { OperatorsSection } from './operators-section.tsx';

type Looked =
  | { readonly state: 'reading' }
  | { readonly state: 'read'; readonly model: ModelInspection }
  | { readonly state: 'failed'; readonly sentence: string };

/** In place of the canvas: what is in a model file. */
export function ModelPage({ id, model }: { id: string; model: ModelRef }) {
  const { path, folder } = model;
  const [looked, setLooked] = useState<Looked>({ state: 'reading' });
  const isOpen = useApp(({ line }) => line.state === 'open');
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each try reads the file anew.
  useEffect(() => {
    if (!isOpen) return;
    let isLeft = false;
    const show = (next: Looked) => !isLeft && setLooked(next);
    call('inspectModel', { path, folder }).then(
      (read) => show({ state: 'read', model: read }),
      (error: unknown) => {
        const sentence = error instanceof Error ? error.message : String(error);
        show({ state: 'failed', sentence });
        if (!isLeft) announce(sentence);
      },
    );
    return () => {
      isLeft = true;
    };
  }, [path, folder, isOpen, tries]);
  return (
    <main aria-label="Model" className="flex min-h-0 flex-1 flex-col bg-canvas">
      {looked.state === 'reading' && <p className="p-8 text-dim">Reading {fileName(path)}…</p>}
      {looked.state === 'failed' && (
        <FailedModel id={id} path={path} sentence={looked.sentence} onTryAgain={() => setTries(tries + 1)} />
      )}
      {looked.state === 'read' && <ModelContentsView model={model} inspection={looked.model} />}
    </main>
  );
}

interface FailedModelProps {
  readonly id: string;
  readonly path: string;
  readonly sentence: string;
  onTryAgain(): void;
}

function FailedModel({ id, path, sentence, onTryAgain }: FailedModelProps) {
  return (
    <div className="flex flex-1 justify-center overflow-y-auto p-8">
      <div className="flex w-full max-w-xl flex-col gap-3 pt-[8vh]">
        <FileX2 aria-hidden className="size-8 text-failed" strokeWidth={1.5} />
        <h1 className="font-semibold text-lg">The model cannot be read</h1>
        <p data-selectable className="break-all font-mono text-dim">
          {path}
        </p>
        <p data-selectable className="rounded-node border border-line bg-panel px-3 py-2">
          {sentence}
        </p>
        <div className="flex gap-2">
          <Button tone="main" onClick={onTryAgain}>
            Try again
          </Button>
          <Button onClick={() => chooseAndOpenModel().catch(notifyError)}>Choose another…</Button>
          <Button onClick={() => removeTab(id)}>Close</Button>
        </div>
      </div>
    </div>
  );
}

function ModelContentsView({ model, inspection }: { model: ModelRef; inspection: ModelInspection }) {
  const [isOpening, setIsOpening] = useState(false);
  const open = (openGraph: (model: ModelRef) => Promise<void>) => {
    setIsOpening(true);
    openGraph(model)
      .catch(notifyError)
      .finally(() => setIsOpening(false));
  };
  const { path, signature, refusals } = inspection;
  // What stands against every backend is said once; what stands against one, in the list of them.
  const refusal = refusals.length > 1 ? refusals[0].reason : null;
  return (
    <>
      {refusal !== null && <Banner tone="failed">{refusal}</Banner>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reached by keyboard. */}
      <section aria-label={`Contents of ${fileName(path)}`} tabIndex={0} className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex w-full max-w-6xl flex-col gap-6 px-8 py-8">
          <header className="flex items-start gap-3">
            <Box aria-hidden className="mt-0.5 size-8 shrink-0 text-(--pin-model)" strokeWidth={1.5} />
            <div className="min-w-0 flex-1">
              <h1 className="truncate font-semibold text-lg">{fileName(path)}</h1>
              <p data-selectable className="break-all font-mono text-dim">
                {path}
              </p>
            </div>
            <Button icon={Gauge} disabled={isOpening || refusal !== null} onClick={() => open(compareBackends)}>
              Compare backends
            </Button>
            <Button
              tone="main"
              icon={Workflow}
              disabled={isOpening || refusal !== null}
              onClick={() => open(openSuggestedGraph)}
            >
              New graph to run it
            </Button>
          </header>
          <div className="grid items-start gap-6 lg:grid-cols-2">
            <div className="flex min-w-0 flex-col gap-6">
              <FactsSection model={inspection} />
              <PortsSection title="Inputs" ports={signature.inputs} />
              <PortsSection title="Outputs" ports={signature.outputs} />
              <OperatorsSection operators={inspection.operators} custom={inspection.customOperators} />
            </div>
            <div className="flex min-w-0 flex-col gap-6">
              <BackendsSection refusals={refusals} />
              <MetadataSection metadata={inspection.metadata} />
              <ExternalDataSection paths={inspection.externalData} />
            </div>
          </div>
        </div>
      </section>
    </>
  );
}
