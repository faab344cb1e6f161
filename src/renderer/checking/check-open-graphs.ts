import { checkGraph } from '../../shared/graph/check.ts';
import { appStore } from '../state/app-store.ts';
import type { OpenGraph } from '../state/graph-store.ts';
import { openGraphs } from '../state/tabs.ts';
import { modelSignatures } from './model-signature-cache.ts';

/**
 * Keeps `GraphState.checked` of each open graph a moment behind its document. Typing and dragging are never held up: an
 * edited graph is checked once it has been left alone for `QUIET_MS`, since 2,000 nodes take some 40 ms.
 */
export function checkOpenGraphs(): void {
  const checks = new Map<string, GraphCheck>();
  appStore.subscribe(({ tabs, catalogue }, before) => {
    if (tabs === before.tabs && catalogue === before.catalogue) return;
    const graphs = openGraphs();
    for (const [id, check] of checks) {
      if (graphs.some((graph) => graph.id === id)) continue;
      check.stop();
      checks.delete(id);
    }
    for (const graph of graphs) {
      const check = checks.get(graph.id);
      if (check === undefined) checks.set(graph.id, new GraphCheck(graph));
      else if (catalogue !== before.catalogue) check.schedule(0);
    }
  });
}

const QUIET_MS = 80;

class GraphCheck {
  readonly #graph: OpenGraph;
  readonly #stop: readonly (() => void)[];
  #timer = 0;

  constructor(graph: OpenGraph) {
    this.#graph = graph;
    this.#stop = [
      modelSignatures.subscribe(() => this.schedule(0)),
      graph.store.subscribe((state, before) => {
        if (state.graph !== before.graph || state.file?.folder !== before.file?.folder) this.schedule(QUIET_MS);
      }),
    ];
    this.schedule(0);
  }

  /** @param quiet ms from now; a check that is due already is put off until then */
  schedule(quiet: number): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#check(), quiet);
  }

  stop(): void {
    for (const stop of this.#stop) stop();
    clearTimeout(this.#timer);
  }

  #check(): void {
    const { catalogue } = appStore.getState();
    // Without it every node would be unknown.
    if (catalogue.size === 0) return;
    const { graph, file } = this.#graph.store.getState();
    const checked = checkGraph(graph, (id) => catalogue.get(id), {
      types: () => catalogue.keys(),
      modelSignature: (path) => modelSignatures.get(path, file?.folder ?? null),
    });
    this.#graph.store.setState({ checked });
  }
}
