import type { Graph } from '../document.ts';
import { applyDiff, diffGraphs } from './graph-diff.ts';
import { GraphDraft } from './graph-draft.ts';
import { History } from './history.ts';

/** One line of the list of edits. */
export interface HistoryEntry {
  readonly label: string;
  /** The entry is in effect when this is below the editor's `position`; `jump(index + 1)` goes to just after it. */
  readonly index: number;
}

export interface EditOptions {
  /** Edits of the same key that follow each other directly are one step until `mark()`: a drag, a slider. */
  readonly merge?: string;
}

export interface EditorOptions {
  /** Memory that the history may take; 64 MiB when left out. The newest step is kept even when it is larger. */
  readonly historyBytes?: number;
  /** Whether the graph is what its file holds; true when left out, false for one that is new or was rescued. */
  readonly saved?: boolean;
}

/** An edit that may still grow. */
interface OpenStep {
  readonly label: string;
  readonly merge: string;
  readonly before: Graph;
}

/**
 * The one owner of an open document. The graph itself is never changed in place: an edit gives a new one that shares
 * all it did not touch, so `===` tells what has changed.
 */
export class GraphEditor {
  readonly #listeners = new Set<() => void>();
  readonly #history: History;
  #graph: Graph;
  #version = 0;
  #open: OpenStep | null = null;
  /** The version of the history that is in the file; undefined while none is. */
  #saved: number | undefined;

  constructor(graph: Graph, { historyBytes = DEFAULT_HISTORY_BYTES, saved = true }: EditorOptions = {}) {
    this.#graph = graph;
    this.#history = new History(historyBytes);
    this.#saved = saved ? this.#history.version : undefined;
  }

  get graph(): Graph {
    return this.#graph;
  }

  /** Grows with each change, undo and redo included. */
  get version(): number {
    return this.#version;
  }

  /** Calls `listener` after each change of the graph or of what is saved. Returns how to stop that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Makes one step of history and returns what `change` returns. A change that leaves the graph as it was makes no step;
   * one that throws changes nothing.
   * @param label for the history list, as `Move Letterbox`.
   */
  edit<R>(label: string, change: (draft: GraphDraft) => R, { merge }: EditOptions = {}): R {
    const draft = new GraphDraft(this.#graph);
    const result = change(draft);
    if (draft.graph === this.#graph) return result;
    if (this.#open?.merge !== merge) this.#close();
    if (merge === undefined) this.#history.push(label, diffGraphs(this.#graph, draft.graph));
    else this.#open ??= { label, merge, before: this.#graph };
    this.#show(draft.graph);
    return result;
  }

  /** Ends the step that edits with a `merge` key make: the next one begins another. */
  mark(): void {
    this.#close();
  }

  /** Takes back the edits of a gesture that is given up, as if it had never begun: all since its first `merge` edit. */
  bailToMark(): boolean {
    if (this.#open === null) return false;
    const { before } = this.#open;
    this.#open = null;
    this.#show(before);
    return true;
  }

  get canUndo(): boolean {
    return this.position > 0;
  }

  get canRedo(): boolean {
    return this.#open === null && this.#history.position < this.#history.steps.length;
  }

  undo(): boolean {
    return this.jump(this.position - 1);
  }

  redo(): boolean {
    return this.jump(this.position + 1);
  }

  /** Oldest first; the undone ones at the end. */
  get history(): readonly HistoryEntry[] {
    const { steps, position } = this.#history;
    const labels = steps.map(({ label }) => label);
    if (this.#open !== null) labels.splice(position, Number.POSITIVE_INFINITY, this.#open.label);
    return labels.map((label, index) => ({ label, index }));
  }

  /** How many entries of the history are in effect: 0 is the oldest version that is known. */
  get position(): number {
    return this.#history.position + (this.#open === null ? 0 : 1);
  }

  /** Memory that the history takes, in bytes. */
  get historyBytes(): number {
    return this.#history.bytes;
  }

  /** Undoes or does again until `position` entries are in effect; false when that is no change, or out of range. */
  jump(position: number): boolean {
    const shown = this.position;
    this.#close();
    // The step that was open may have pushed old ones out, so that all places are lower now.
    const target = position - (shown - this.#history.position);
    if (target === this.#history.position || target < 0 || target > this.#history.steps.length) return false;
    const { direction, diffs } = this.#history.moveTo(target);
    this.#show(diffs.reduce((graph, diff) => applyDiff(diff, graph, direction), this.#graph));
    return true;
  }

  /** Says that the graph as it is now is what the file holds. */
  markSaved(): void {
    this.#close();
    this.#saved = this.#history.version;
    this.#tell();
  }

  /** The file holds the graph as it is now; true again when undo comes back to the saved version. */
  get isSaved(): boolean {
    return this.#open === null && this.#saved === this.#history.version;
  }

  #close(): void {
    if (this.#open === null) return;
    const { label, before } = this.#open;
    this.#open = null;
    this.#history.push(label, diffGraphs(before, this.#graph));
  }

  #show(graph: Graph): void {
    this.#graph = graph;
    this.#version++;
    this.#tell();
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

const DEFAULT_HISTORY_BYTES = 64 * 1024 * 1024;
