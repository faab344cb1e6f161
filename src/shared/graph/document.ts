import { z } from 'zod';
import type { ErrorCode } from '../node-api/error-codes.ts';
import type { JsonValue } from '../node-api/pins.ts';

/**
 * A graph as its file holds it (`docs/file-format.md`): plain JSON, never changed in place. Keys that Weft does not know
 * are part of the value and stay in it.
 */
export interface Graph extends GraphBody {
  readonly weft: number;
  /** Graphs used as nodes, by name: their node type is `graph/NAME`. */
  readonly graphs?: Readonly<Record<string, GraphBody>>;
}

export interface GraphBody {
  readonly name?: string;
  readonly description?: string;
  readonly nodes: readonly GraphNode[];
  readonly wires?: readonly Wire[];
  readonly after?: readonly After[];
  readonly frames?: readonly Frame[];
  readonly notes?: readonly Note[];
}

export interface GraphNode {
  readonly id: string;
  /** `category/name@version`, or `graph/NAME` for a graph used as a node. */
  readonly type: string;
  /** Literals of input pins; a wired pin keeps its literal, unused. */
  readonly params?: Readonly<Record<string, JsonValue>>;
  /** The node does not run: each of its outputs takes the first input that may stand in for it. */
  readonly bypass?: boolean;
  readonly policy?: Policy;
  readonly ui?: NodeUi;
}

/** What happens when a node fails or takes long. */
export interface Policy {
  /** Tries in all, 1–10; 1 when left out. */
  readonly attempts?: number;
  /** Seconds before the second try; 0 when left out. */
  readonly wait?: number;
  /** Factor from 1 by which the wait grows with each try; 1 when left out. */
  readonly backoff?: number;
  /** Codes of the errors that are tried again; those that `error-codes.ts` marks when left out. */
  readonly retryOn?: readonly ErrorCode[];
  /** Seconds that one try may take; no limit when left out. */
  readonly timeout?: number;
  /** For a node over items: a failed item ends the run, or only itself; `stop` when left out. */
  readonly onError?: 'stop' | 'skip';
  /** Results for the items of a stream are cached too; false when left out. */
  readonly keep?: boolean;
}

/** `from` and `to` are `node.pin`; `node` alone at both ends connects all pins of the same name (`auto-wire.ts`). */
export interface Wire {
  readonly from: string;
  readonly to: string;
  readonly ui?: { readonly via?: readonly Point[] };
}

/** `to` starts when `from` has ended, though no data flows between them. */
export interface After {
  readonly from: string;
  readonly to: string;
}

/** x to the right and y down, in canvas units. */
export type Point = readonly [x: number, y: number];

export interface NodeUi {
  readonly at?: Point;
  /** Width and height, where a person set them. */
  readonly size?: Point;
  readonly title?: string;
  /** Only the title bar and the wired pins are shown. */
  readonly collapsed?: boolean;
  /** The node is neither moved, resized nor deleted. */
  readonly locked?: boolean;
  /** The pin whose value is shown on the node; `true`: its first, `false`: none, also where one is shown by itself. */
  readonly viewer?: string | boolean;
  /** An output of the same graph, `node.pin`, whose picture the viewer lays over a part of its own. */
  readonly beside?: string;
}

export interface Frame {
  readonly at: Point;
  readonly size: Point;
  readonly title?: string;
  /** `#rrggbb` */
  readonly colour?: string;
}

export interface Note {
  readonly at: Point;
  readonly size?: Point;
  /** Markdown. */
  readonly text: string;
}

/** Node ids. */
export const NODE_ID = /^[a-z][a-z0-9_-]*$/;

/** Prefix of the node type of a graph used as a node. */
export const GRAPH_TYPE = 'graph/';

const point = z.tuple([z.number(), z.number()]);
const nodeUi = z.looseObject({
  at: point.optional(),
  size: point.optional(),
  title: z.string().optional(),
  collapsed: z.boolean().optional(),
  locked: z.boolean().optional(),
  viewer: z.union([z.boolean(), z.string()], 'true, false or the name of a pin').optional(),
  beside: z.string().optional(),
});
const ends = { from: z.string(), to: z.string() };

/**
 * The form of a part of a graph. What it means (ids, types, pins, ranges) is checked by `check.ts`, so that a graph with
 * mistakes can be opened and mended.
 */
const bodyShape = {
  name: z.string().optional(),
  description: z.string().optional(),
  nodes: z.array(
    z.looseObject({
      id: z.string(),
      type: z.string(),
      params: z.record(z.string(), z.unknown()).optional(),
      bypass: z.boolean().optional(),
      policy: z.record(z.string(), z.unknown()).optional(),
      ui: nodeUi.optional(),
    }),
  ),
  wires: z
    .array(z.looseObject({ ...ends, ui: z.looseObject({ via: z.array(point).optional() }).optional() }))
    .optional(),
  after: z.array(z.looseObject(ends)).optional(),
  frames: z
    .array(z.looseObject({ at: point, size: point, title: z.string().optional(), colour: z.string().optional() }))
    .optional(),
  notes: z.array(z.looseObject({ at: point, size: point.optional(), text: z.string() })).optional(),
};

/** Only ever used to validate: the document stays the very value that was read, so that nothing in it is lost. */
export const graphSchema = z.looseObject({
  weft: z.number(),
  ...bodyShape,
  graphs: z.record(z.string(), z.looseObject(bodyShape)).optional(),
});
