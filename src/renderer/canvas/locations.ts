import type { Viewport } from '@xyflow/react';
import type { BodyName } from '../../shared/graph/edit/graph-draft.ts';
import type { OpenGraph, Step } from '../state/graph-store.ts';
import { stage } from './stage.ts';

/** A place in a graph that was looked at. */
export interface Location {
  readonly trail: readonly Step[];
  readonly viewport: Viewport;
}

/**
 * The places that a person was at, to go back to, as a browser has it. Small moves belong to the place they are near;
 * only a jump, to another graph or by more than half a window, begins another.
 */
export class Locations {
  readonly #visited: Location[] = [];
  #at = -1;

  /** @param size of the canvas, in CSS pixels */
  arrive(location: Location, size: { readonly width: number; readonly height: number }): void {
    const here = this.#visited[this.#at];
    if (here !== undefined && isNear(here, location, size)) {
      this.#visited[this.#at] = location;
      return;
    }
    this.#visited.splice(this.#at + 1, Number.POSITIVE_INFINITY, location);
    if (this.#visited.length > MOST) this.#visited.shift();
    this.#at = this.#visited.length - 1;
  }

  /** Undefined where there is nothing to go to. */
  go(step: 1 | -1): Location | undefined {
    const there = this.#visited[this.#at + step];
    if (there !== undefined) this.#at += step;
    return there;
  }

  canGo(step: 1 | -1): boolean {
    return this.#visited[this.#at + step] !== undefined;
  }

  /** Where a graph was looked at last. */
  lastIn(body: BodyName): Viewport | undefined {
    return this.#visited.findLast(({ trail }) => (trail.at(-1)?.graph ?? null) === body)?.viewport;
  }
}

const MOST = 100;

function isNear(a: Location, b: Location, { width, height }: { width: number; height: number }): boolean {
  if (a.trail.length !== b.trail.length || a.trail.at(-1)?.graph !== b.trail.at(-1)?.graph) return false;
  const centre = ({ viewport: { x, y, zoom } }: Location) => [(width / 2 - x) / zoom, (height / 2 - y) / zoom];
  const [[ax, ay], [bx, by]] = [centre(a), centre(b)];
  const zoom = Math.min(a.viewport.zoom, b.viewport.zoom);
  return Math.abs(ax - bx) * zoom < width / 2 && Math.abs(ay - by) * zoom < height / 2;
}

const BY_GRAPH = new WeakMap<OpenGraph, Locations>();

/** Those of one open graph. */
export function locationsOf(graph: OpenGraph): Locations {
  let locations = BY_GRAPH.get(graph);
  if (locations === undefined) {
    locations = new Locations();
    BY_GRAPH.set(graph, locations);
  }
  return locations;
}

/**
 * The canvas tells of a move only when it has been at rest for a moment: to be called before a jump, so that whoever is
 * quicker comes back to here all the same.
 */
export function rememberPlace(open: OpenGraph): void {
  const { flow } = stage.getState();
  const canvas = document.querySelector('.react-flow');
  if (flow === null || canvas === null) return;
  const { trail } = open.store.getState().view;
  locationsOf(open).arrive({ trail, viewport: flow.getViewport() }, canvas.getBoundingClientRect());
}
