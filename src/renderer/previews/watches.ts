import type { PinRef, PinView, PinWatch, PreviewDetail, PreviewMessage } from '../../shared/protocol/preview.ts';

/** What is looked at more closely than at a glance. */
export type LookDetail = Pick<PreviewDetail, 'whole' | 'maps'>;

/** A pin that is looked at in one place of the window. */
export interface Look {
  /** Id of the open graph. */
  readonly graph: string;
  readonly ref: PinRef;
  /** Looks with the same text show the same item of a stream; null for a look of its own. */
  readonly together: string | null;
  /** Pixels of the screen; 0 for no picture. */
  readonly maxSide: number;
  readonly detail: LookDetail;
  readonly listener: (view: PinView) => void;
}

/**
 * Gathers what all parts of the window look at into one list for the host: a pin that is looked at in several places is
 * watched once, in the size of the largest.
 */
export class Watches {
  readonly #send: (watches: readonly PinWatch[]) => void;
  readonly #soon: (task: () => void) => void;
  readonly #looks = new Set<Look>();
  /** The newest view of each watched pin, for whoever comes to look at it later. */
  readonly #views = new Map<string, PinView>();
  #sent = '[]';
  #waiting = false;

  /** @param soon calls a task once after the present one, so that many changes make one list. */
  constructor(send: (watches: readonly PinWatch[]) => void, soon: (task: () => void) => void) {
    this.#send = send;
    this.#soon = soon;
  }

  /** Begins to look at a pin; returns how to stop. The listener hears at once what is known already. */
  look(look: Look): () => void {
    this.#looks.add(look);
    this.#update();
    const known = this.#views.get(idOf(look));
    if (known !== undefined) look.listener(known);
    return () => {
      this.#looks.delete(look);
      this.#update();
    };
  }

  receive({ watch, view }: PreviewMessage): void {
    this.#views.set(watch, view);
    for (const look of this.#looks) if (idOf(look) === watch) look.listener(view);
  }

  /** Tells the host the whole list again: it is another one, or has forgotten it. */
  resend(): void {
    this.#sent = '[]';
    this.#update();
  }

  #update(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    this.#soon(() => {
      this.#waiting = false;
      this.#tell();
    });
  }

  #tell(): void {
    const watches = this.#gather();
    const ids = new Set(watches.map(({ id }) => id));
    for (const id of this.#views.keys()) if (!ids.has(id)) this.#views.delete(id);
    const text = JSON.stringify(watches);
    if (text === this.#sent) return;
    this.#sent = text;
    this.#send(watches);
  }

  #gather(): PinWatch[] {
    const watches = new Map<string, PinWatch>();
    for (const look of this.#looks) {
      const id = idOf(look);
      const { graph, ref, together, detail } = look;
      const maxSide = Math.max(watches.get(id)?.maxSide ?? 0, roundUp(look.maxSide));
      watches.set(id, { id, graph, ref, ...(together === null ? {} : { together }), ...detail, maxSide });
    }
    return [...watches.values()];
  }
}

/** Sizes change little by little while a panel is dragged; each would be another list for the host. */
function roundUp(side: number): number {
  return side === 0 ? 0 : (SIDES.find((size) => size >= side) ?? LARGEST);
}

const LARGEST = 2048;
const SIDES = [64, 128, 256, 384, 512, 768, 1024, 1536, LARGEST];

/** Ids of graphs and nodes and names of pins hold no space. */
function idOf({ graph, ref: { node, side, pin }, together, detail }: Look): string {
  return [graph, node, side, pin, together ?? '', JSON.stringify(detail)].join(' ');
}
