import type { ModelSignature } from '../types/pin-type.ts';
import type { BackendName } from './backend.ts';

/** A model that has been read, checked and loaded once; running it finds its session by digest, backend and options. */
export class Model {
  /** Absolute path of the ONNX file. */
  readonly path: string;
  /** SHA-256 of the file, hexadecimal. */
  readonly digest: string;
  readonly signature: ModelSignature;
  /** What it runs on. */
  readonly backend: BackendName;
  /** Free-form key/value pairs of the file (`names`, `stride`, `task` in Ultralytics exports). */
  readonly metadata: Readonly<Record<string, string>>;

  constructor(parts: {
    path: string;
    digest: string;
    signature: ModelSignature;
    backend: BackendName;
    metadata: Readonly<Record<string, string>>;
  }) {
    this.path = parts.path;
    this.digest = parts.digest;
    this.signature = parts.signature;
    this.backend = parts.backend;
    this.metadata = parts.metadata;
  }
}
