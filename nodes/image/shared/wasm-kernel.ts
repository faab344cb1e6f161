/** What is used of it: TypeScript knows it as a part of the browser alone. */
declare const WebAssembly: {
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: object };
};

const PAGE = 65536;

/** What every kernel of tools/kernels has: memory, all of which is its caller's. */
export interface KernelMemory {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
}

/** Compiled kernels, by their text. */
const compiled = new Map<string, object>();

/**
 * A kernel of its own, with memory of at least `bytes` bytes. `Exports` must be those of its source: numbers and
 * addresses alone go in and out.
 * @param code WebAssembly in base64
 */
export function openKernel<Exports extends KernelMemory>(code: string, bytes: number): Exports {
  let module = compiled.get(code);
  if (module === undefined) {
    module = new WebAssembly.Module(Buffer.from(code, 'base64'));
    compiled.set(code, module);
  }
  const kernel = new WebAssembly.Instance(module).exports as Exports;
  kernel.memory.grow(Math.ceil(bytes / PAGE));
  return kernel;
}

/** Hands out places in the memory of a kernel, which takes sixteen bytes at a time and may pass the end of each by fifteen. */
export class KernelPlaces {
  /** Bytes that have been handed out. */
  end = 0;

  take(bytes: number): number {
    const start = this.end;
    this.end += (bytes + 31) & ~15;
    return start;
  }
}
