/**
 * A live source that keeps all but its newest item back by itself. It is asked for an item only when that may enter at
 * once, so that the item is new then, and what it leaves out meanwhile costs nothing.
 */
export interface KeepsBack {
  /** Items that it has left out. */
  readonly leftOut: number;
}
