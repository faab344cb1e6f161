import type { PreviewContent } from '../../../shared/protocol/preview.ts';
import { contentOf, type Look } from './content.ts';

/**
 * What was seen of values in one round: a value lies at several pins, at both ends of a wire at least, and looking into
 * it is what costs.
 */
export class SeenContents {
  readonly #seen = new Map<unknown, { readonly look: string; readonly content: PreviewContent }>();

  of(value: unknown, look: Look): PreviewContent {
    if (typeof value !== 'object') return contentOf(value, look);
    const key = JSON.stringify(look);
    const known = this.#seen.get(value);
    if (known?.look === key) return known.content;
    const content = contentOf(value, look);
    this.#seen.set(value, { look: key, content });
    return content;
  }

  /** Looking into it takes no time worth counting. */
  isFree(value: unknown): boolean {
    return typeof value !== 'object' || this.#seen.has(value);
  }

  clear(): void {
    this.#seen.clear();
  }
}
