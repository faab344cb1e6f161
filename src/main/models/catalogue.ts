import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { WeftError } from '../../shared/node-api/weft-error.ts';
import { RESOURCES } from '../registry/folders.ts';

/** A model that Weft knows where to get. */
export interface CatalogueModel {
  /** What people call it, as `MODEL_NAME` allows; the file is `NAME.onnx`. */
  readonly name: string;
  /** What it is for: `detection`, `faces`, `classification`… */
  readonly task: string;
  /** How its input is prepared and its output read. */
  readonly family: string;
  readonly licence: string;
  readonly bytes: number;
  /** `bytes` is only about right. */
  readonly rounded?: true | undefined;
  /** SHA-256 of the file, hexadecimal; null where nobody published it. */
  readonly sha256: string | null;
  readonly url: string;
  readonly notes: string;
}

/** Names that may stand for a model. None leads out of a folder. */
export const MODEL_NAME = /^[a-z0-9][a-z0-9._-]*$/;

/** The folder of the models that come with Weft. */
export const BUNDLED_MODELS = join(RESOURCES, 'models');

const catalogueForm = z.array(
  z.strictObject({
    name: z.string().regex(MODEL_NAME, 'use small letters, digits, dots, _ and -'),
    task: z.string(),
    family: z.string(),
    licence: z.string(),
    bytes: z.int().positive(),
    rounded: z.literal(true).optional(),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'give 64 hexadecimal digits, or null')
      .nullable(),
    url: z.url({ protocol: /^https?$/ }),
    notes: z.string(),
  }),
);

const known = new Map<string, readonly CatalogueModel[]>();

/**
 * The models on offer: those that Weft knows, or those of the file that `WEFT_CATALOGUE` names.
 * @throws E_FILE_READ; E_VALUE for a file that is no catalogue.
 */
export function catalogue(): readonly CatalogueModel[] {
  const path = process.env.WEFT_CATALOGUE || join(BUNDLED_MODELS, 'catalogue.json');
  let models = known.get(path);
  if (models === undefined) {
    models = parse(path, read(path));
    known.set(path, models);
  }
  return models;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new WeftError('E_FILE_READ', `The catalogue of models ${path} cannot be read: correct WEFT_CATALOGUE.`, {
      cause,
    });
  }
}

function parse(path: string, text: string): readonly CatalogueModel[] {
  try {
    return catalogueForm.parse(JSON.parse(text));
  } catch (cause) {
    const what = cause instanceof z.ZodError ? faultOf(cause) : 'it is not JSON';
    throw new WeftError('E_VALUE', `${path} is no catalogue of models, for ${what}.`, { cause });
  }
}

function faultOf({ issues: [{ path, message }] }: z.ZodError): string {
  return `"${path.join('.')}" is wrong: ${message}`;
}
