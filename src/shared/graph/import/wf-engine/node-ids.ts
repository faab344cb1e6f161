/** Makes ids that a graph allows out of those of a workflow, which may be any text, each once. */
export class NodeIds {
  readonly #taken = new Set<string>();

  take(wanted: string): string {
    const plain = wanted
      .toLowerCase()
      .replaceAll(/[^a-z0-9_-]+/g, '-')
      .replaceAll(/^-+|-+$/g, '');
    const base = /^[a-z]/.test(plain) ? plain : `n-${plain}`;
    let id = base;
    for (let number = 2; this.#taken.has(id); number++) id = `${base}-${number}`;
    this.#taken.add(id);
    return id;
  }
}
