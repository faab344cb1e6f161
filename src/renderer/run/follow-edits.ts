import { notifyError } from '../announce/notices.ts';
import { call } from '../connection/host.ts';
import type { OpenGraph } from '../state/graph-store.ts';
import { type LiveEdit, liveEdit } from './live-edits.ts';

type Literal = LiveEdit['literals'][number];

/**
 * Tells a run of what is edited meanwhile: literals go to it as they change, and where it cannot take an edit it is
 * marked outdated. Returns how to stop, when the run has ended.
 */
export function followEdits(graph: OpenGraph): () => void {
  const sender = new LiteralSender(graph);
  let last = graph.store.getState();
  return graph.store.subscribe((state) => {
    const before = last;
    last = state;
    if (state.graph !== before.graph) {
      const { literals, structure } = liveEdit(before.graph, state.graph);
      if (structure) markOutdated(graph);
      for (const literal of literals) sender.send(literal);
    }
    if (state.inputs !== before.inputs) {
      for (const [name, value] of Object.entries(state.inputs)) {
        if (before.inputs[name] === value) continue;
        const { checked } = state;
        const input = checked.inputs.find((input) => input.name === name);
        if (input !== undefined) sender.send({ node: checked.nodes[input.node].id, pin: 'default', value });
      }
      if (Object.keys(before.inputs).some((name) => !Object.hasOwn(state.inputs, name))) markOutdated(graph);
    }
  });
}

function markOutdated(graph: OpenGraph): void {
  const { run } = graph.store.getState();
  if (!run.outdated) graph.store.setState({ run: { ...run, outdated: true } });
}

/** One literal on the way at a time: a slider makes them faster than a host answers, and only the newest counts. */
class LiteralSender {
  readonly #graph: OpenGraph;
  readonly #waiting = new Map<string, Literal>();
  #sending = false;

  constructor(graph: OpenGraph) {
    this.#graph = graph;
  }

  send(literal: Literal): void {
    this.#waiting.set(`${literal.node}.${literal.pin}`, literal);
    if (!this.#sending) this.#sendAll().catch(notifyError);
  }

  async #sendAll(): Promise<void> {
    this.#sending = true;
    try {
      for (const [key, literal] of this.#waiting) {
        this.#waiting.delete(key);
        if (!(await this.#isTaken(literal))) markOutdated(this.#graph);
      }
    } finally {
      this.#sending = false;
    }
  }

  async #isTaken({ node, pin, value }: Literal): Promise<boolean> {
    const { run, phase } = this.#graph.store.getState().run;
    if (run === null || phase !== 'running') return false;
    return call('setLiteral', { run, node, pin, value });
  }
}
