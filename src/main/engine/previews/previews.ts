import type { Stage } from '../../../shared/protocol/engine-calls.ts';
import {
  GLANCE,
  type PinRef,
  type PinView,
  type PinWatch,
  type Preview,
  type PreviewContent,
  type PreviewDetail,
  type PreviewMessage,
  type PreviewRequest,
  WHOLE,
} from '../../../shared/protocol/preview.ts';
import { contentOf, type Look } from './content.ts';
import type { Found, FoundValue, Inspection, ItemOfStream } from './inspection.ts';
import { type Left, Pace } from './pace.ts';
import { SeenContents } from './seen-contents.ts';
import { seenValue } from './seen-value.ts';

/** What a window is to be told. */
export interface AddressedPreview {
  readonly window: string;
  readonly message: PreviewMessage;
}

/** Takes what there is to see at watched pins. Several messages may share one memory: they belong together. */
export type DeliverPreviews = (previews: readonly AddressedPreview[]) => void;

interface Watched {
  readonly watch: PinWatch;
  /** The window has not yet said that it has shown the last message. */
  waits: boolean;
  /** Tells apart what was sent last; null when nothing was. */
  sent: string | null;
}

interface Window {
  watched: Map<string, Watched>;
  /** The watches that are sent together; most are alone. */
  groups: readonly (readonly Watched[])[];
  /** The last run of each graph. */
  readonly runs: Map<string, Inspection>;
}

/**
 * Shows windows what lies at the pins they watch. Between two messages about a pin lies the window's answer to the first,
 * and the latest value wins, so a slow window makes nothing queue up. All looking happens in a small share of the
 * engine thread's time, apart from the runs, which do not know of it.
 */
export class Previews {
  readonly #deliver: DeliverPreviews;
  readonly #windows = new Map<string, Window>();
  readonly #pace = new Pace(() => this.#refresh());
  /** Of the round that goes on. */
  readonly #contents = new SeenContents();
  #outgoing: AddressedPreview[] = [];
  /** Where the next round goes on, so that every pin gets its turn. */
  #next = 0;

  constructor(deliver: DeliverPreviews) {
    this.#deliver = deliver;
  }

  /** The pins that a window shows from now on, in place of those it showed; it still knows what it was told of them. */
  watch(window: string, watches: readonly PinWatch[]): void {
    const shown = this.#window(window);
    const before = shown.watched;
    shown.watched = new Map(watches.map((watch) => [watch.id, watchedAgain(watch, before.get(watch.id))]));
    shown.groups = groupsOf(shown.watched.values());
    for (const [graph, inspection] of shown.runs) this.#follow(inspection, watches, graph);
    this.#pace.soon();
  }

  /** The window has shown the last message about each of these watches. */
  acknowledge(window: string, ids: readonly string[]): void {
    for (const id of ids) {
      const watched = this.#windows.get(window)?.watched.get(id);
      if (watched === undefined) continue;
      watched.waits = false;
      const inspection = this.#windows.get(window)?.runs.get(watched.watch.graph ?? '');
      if (inspection?.isLive && inspection.running) this.#pace.atOnce();
      else this.#pace.soon();
    }
  }

  /** Ids of the nodes whose pins are watched on a stage. */
  watchedNodes({ window, graph = '' }: Stage): string[] {
    const watched = [...(this.#windows.get(window)?.watched.values() ?? [])];
    return watched.filter(({ watch }) => (watch.graph ?? '') === graph).map(({ watch }) => watch.ref.node);
  }

  /** One look at a pin. */
  look(window: string, { graph = '', ref, region, ...detail }: PreviewRequest): PinView {
    const inspection = this.#windows.get(window)?.runs.get(graph);
    if (inspection === undefined) return { ref, ...NO_RUN };
    return viewOf(inspection, ref, inspection.at(ref), (value) =>
      contentOf(value, { ...lookOf(inspection, detail), ...(region === undefined ? {} : { region }) }),
    );
  }

  /** The values of this run take the place of those of the run before on the same stage. */
  begin({ window, graph = '' }: Stage, inspection: Inspection): void {
    const { runs, watched } = this.#window(window);
    runs.get(graph)?.close();
    runs.set(graph, inspection);
    const watches = [...watched.values()].map(({ watch }) => watch);
    this.#follow(inspection, watches, graph);
    this.#pace.soon();
  }

  /** The run has ended: what there is to see is looked at once more, exactly. */
  end(inspection: Inspection): void {
    inspection.running = false;
    this.#pace.soon();
  }

  /** The run with this id, as long as its values are held. */
  inspection(run: string): Inspection | undefined {
    return this.#inspections().find((inspection) => inspection.run === run);
  }

  /** Gives back about `bytes` of values that are held only to be looked at; returns how many it gave back. */
  evict(bytes: number): number {
    let freed = 0;
    for (const inspection of this.#inspections()) {
      if (freed < bytes) freed += inspection.evict(bytes - freed);
    }
    return freed;
  }

  /** The window is gone. */
  forget(window: string): void {
    for (const inspection of this.#windows.get(window)?.runs.values() ?? []) inspection.close();
    this.#windows.delete(window);
  }

  close(): void {
    this.#pace.stop();
    for (const window of [...this.#windows.keys()]) this.forget(window);
  }

  #follow(inspection: Inspection, watches: readonly PinWatch[], graph: string): void {
    inspection.showTogether(refsTogether(watches, graph));
    if (!inspection.isLive) return;
    const refs = watches.filter((watch) => (watch.graph ?? '') === graph).map(({ ref }) => ref);
    inspection.tellOfItems(refs, () => this.#pace.atOnce());
  }

  #refresh(): Left {
    const left = this.#lookAround();
    this.#contents.clear();
    if (this.#outgoing.length > 0) this.#deliver(this.#outgoing);
    this.#outgoing = [];
    return left;
  }

  /**
   * Takes what is new at the pins whose windows are ready for it, until the time for one round is over; after that only
   * what costs nothing, as a value that was looked into for another pin.
   */
  #lookAround(): Left {
    const groups = [...this.#windows].flatMap(([name, window]) =>
      window.groups.map((group) => ({ name, window, group })),
    );
    if (groups.length === 0) return 'nothing';
    const left = this.#inspections().some(({ running }) => running) ? 'run' : 'pins';
    const first = this.#next;
    let isOver = false;
    for (let looked = 0; looked < groups.length; looked++) {
      if (!isOver && this.#pace.roundIsOver) {
        isOver = true;
        this.#next = (first + looked) % groups.length;
      }
      const { name, window, group } = groups[(first + looked) % groups.length];
      if (group.some(({ waits }) => waits)) continue;
      const inspection = window.runs.get(group[0].watch.graph ?? '');
      if (isOver && !this.#isFree(inspection, group)) continue;
      const item = group.length > 1 ? inspection?.commonItem(group.map(({ watch }) => watch.ref)) : null;
      for (const watched of group) this.#take(name, watched, inspection, item ?? null);
    }
    return isOver || left === 'run' ? left : 'nothing';
  }

  #isFree(inspection: Inspection | undefined, group: readonly Watched[]): boolean {
    const found = group.length === 1 ? inspection?.at(group[0].watch.ref) : undefined;
    return found?.state === 'value' && this.#contents.isFree(found.value);
  }

  #take(window: string, watched: Watched, inspection: Inspection | undefined, item: ItemOfStream | null): void {
    const { watch } = watched;
    const { id, ref } = watch;
    const found = inspection?.at(ref, item) ?? NO_RUN;
    const mark = markOf(inspection, found);
    if (mark === watched.sent) return;
    watched.sent = mark;
    watched.waits = true;
    const view: PinView =
      inspection === undefined
        ? { ref, ...NO_RUN }
        : viewOf(inspection, ref, found, (value) => this.#contents.of(value, lookOf(inspection, watch)));
    this.#outgoing.push({ window, message: { watch: id, view } });
  }

  #window(name: string): Window {
    let window = this.#windows.get(name);
    if (window === undefined) {
      window = { watched: new Map(), groups: [], runs: new Map() };
      this.#windows.set(name, window);
    }
    return window;
  }

  #inspections(): Inspection[] {
    return [...this.#windows.values()].flatMap(({ runs }) => [...runs.values()]);
  }
}

const NO_RUN = { state: 'empty', reason: 'There is no value yet: run the graph.' } as const;

function watchedAgain(watch: PinWatch, before: Watched | undefined): Watched {
  if (before === undefined) return { watch, waits: false, sent: null };
  const isSame = JSON.stringify(watch) === JSON.stringify(before.watch);
  return { watch, waits: before.waits, sent: isSame ? before.sent : null };
}

function groupsOf(watched: Iterable<Watched>): Watched[][] {
  const together = Map.groupBy(watched, ({ watch }) => JSON.stringify([watch.graph, watch.together ?? [watch.id]]));
  return [...together.values()];
}

/** The pins of a graph that are shown together with others. */
function refsTogether(watches: readonly PinWatch[], graph: string): PinRef[] {
  return watches.filter((watch) => watch.together !== undefined && (watch.graph ?? '') === graph).map(({ ref }) => ref);
}

function lookOf({ running }: Inspection, { maxSide, whole, maps }: PreviewDetail): Look {
  return { maxSide, limits: whole === true ? WHOLE : GLANCE, maps: maps ?? null, exact: !running };
}

/** Looks into a value. */
type LookInto = (value: unknown) => PreviewContent;

function viewOf(inspection: Inspection, ref: PinRef, found: Found, lookInto: LookInto): PinView {
  return found.state === 'value'
    ? { state: 'value', ref, preview: previewOf(inspection, found, lookInto) }
    : { ref, ...found };
}

function previewOf({ run }: Inspection, found: FoundValue, lookInto: LookInto): Preview {
  return {
    run,
    item: found.item,
    ...(found.takenAt === null ? {} : { takenAt: found.takenAt }),
    ...seenValue(found.value, found.hold, found.planned),
    series: found.numbers?.series() ?? null,
    content: lookInto(found.value),
  };
}

/** The same for two looks at a pin that show the same. */
function markOf(inspection: Inspection | undefined, found: Found): string {
  if (found.state !== 'value') return `${inspection?.run} ${found.state} ${found.reason}`;
  // A pin has one value a run and item, unless it is a literal that is changed.
  const literal = found.hold === null && typeof found.value !== 'object' ? String(found.value) : '';
  return `${inspection?.run} ${inspection?.running} ${found.item} ${literal}`;
}
