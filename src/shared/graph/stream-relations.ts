/**
 * Which streams of a graph hold each other up. A node that joins two streams lets neither run far ahead of the other, and
 * one that begins a stream stops taking items while that is full; where both come together in a circle, nothing would
 * ever move. So what may be joined is decided here, before anything runs. Streams go by the nodes that begin them.
 */
export class StreamRelations {
  /** Streams that depend on each other in any way. */
  readonly #families: Groups;
  /** Streams whose items of the same number belong together, so that they come in equal numbers. */
  readonly #paces: Groups;
  /** By stream: the source that its items come from in the end. */
  readonly #sources: Int32Array;

  constructor(count: number) {
    this.#families = new Groups(count);
    this.#paces = new Groups(count);
    this.#sources = Int32Array.from({ length: count }, (_, node) => node);
  }

  /** The items of `stream` come from those of `parent`. */
  begin(stream: number, parent: number): void {
    this.#families.join(stream, parent);
    this.#sources[stream] = this.#sources[parent];
  }

  /** Items of the same number are to meet. False when that could wait for ever. */
  pair(a: number, b: number): boolean {
    if (this.dependent(a, b)) return this.#paces.same(a, b);
    this.#families.join(a, b);
    this.#paces.join(a, b);
    return true;
  }

  /** Each item of `a` is to meet the newest of `b`. False when that could wait for ever. */
  follow(a: number, b: number): boolean {
    if (this.dependent(a, b)) return this.#sources[a] === this.#sources[b];
    this.#families.join(a, b);
    return true;
  }

  dependent(a: number, b: number): boolean {
    return this.#families.same(a, b);
  }

  /** One number for all streams that depend on each other. */
  familyOf(stream: number): number {
    return this.#families.of(stream);
  }
}

/** Disjoint sets of numbers: Tarjan's union-find (1975), with path halving. */
class Groups {
  readonly #parents: Int32Array;

  constructor(count: number) {
    this.#parents = Int32Array.from({ length: count }, (_, member) => member);
  }

  of(member: number): number {
    const parents = this.#parents;
    let at = member;
    while (parents[at] !== at) {
      parents[at] = parents[parents[at]];
      at = parents[at];
    }
    return at;
  }

  same(a: number, b: number): boolean {
    return this.of(a) === this.of(b);
  }

  join(a: number, b: number): void {
    this.#parents[this.of(a)] = this.of(b);
  }
}
