import { checkGraph } from '../../shared/graph/check.ts';
import { appStore } from '../state/app-store.ts';
import type { OpenGraph } from '../state/graph-store.ts';
import { openGraphs } from '../state/tabs.ts';
import { ModelSignatureCache } from './model-signature-cache.ts';

/**
 * Keeps `GraphState.checked` of each open graph a moment behind its document. Typing is never blocked: a graph is
 * checked when the window has nothing else to do, at the latest `LATEST_MS` after a change.
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
      else if (catalogue !== before.catalogue) check.schedule();
    }
  });
}

const LATEST_MS = 500;

class GraphCheck {
  readonly #graph: OpenGraph;
  readonly #models: ModelSignatureCache;
  readonly #stop: () => void;
  #scheduled = 0;

  constructor(graph: OpenGraph) {
    this.#graph = graph;
    this.#models = new ModelSignatureCache(() => this.schedule());
    this.#stop = graph.store.subscribe((state, before) => {
      if (state.graph !== before.graph || state.file?.folder !== before.file?.folder) this.schedule();
    });
    this.schedule();
  }

  schedule(): void {
    if (this.#scheduled !== 0) return;
    this.#scheduled = requestIdleCallback(() => this.#check(), { timeout: LATEST_MS });
  }

  stop(): void {
    this.#stop();
    cancelIdleCallback(this.#scheduled);
  }

  #check(): void {
    this.#scheduled = 0;
    const { catalogue } = appStore.getState();
    // Without it every node would be unknown.
    if (catalogue.size === 0) return;
    const { graph, file } = this.#graph.store.getState();
    const checked = checkGraph(graph, (id) => catalogue.get(id), {
      types: () => catalogue.keys(),
      modelSignature: (path) => this.#models.get(path, file?.folder ?? null),
    });
    this.#graph.store.setState({ checked });
  }
}
