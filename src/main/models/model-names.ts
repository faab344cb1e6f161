import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, parse, resolve } from 'node:path';
import { BUNDLED_MODELS, type CatalogueModel, catalogue, MODEL_NAME } from './catalogue.ts';

/** Before the names of models that come with Weft. */
const BUNDLED = 'bundled:';

/**
 * The file that a model's name stands for, be it there or not: `bundled:NAME`, or a name of the catalogue. Undefined for
 * a text that is no such name.
 * @throws what `catalogue` throws.
 */
export function namedModel(text: string): string | undefined {
  if (text.startsWith(BUNDLED)) {
    const name = text.slice(BUNDLED.length);
    return MODEL_NAME.test(name) ? join(BUNDLED_MODELS, `${name}.onnx`) : undefined;
  }
  const model = MODEL_NAME.test(text) ? catalogueModel(text) : undefined;
  return model && downloadedFile(model);
}

export function catalogueModel(name: string): CatalogueModel | undefined {
  return catalogue().find((model) => model.name === name);
}

/** Where downloaded models lie: `~/.weft/models`, or the folder that `WEFT_MODELS` names. */
export function modelsFolder(): string {
  return resolve(process.env.WEFT_MODELS || join(homedir(), '.weft', 'models'));
}

/** The file of a model of the catalogue once it has been downloaded. */
export function downloadedFile({ name }: Pick<CatalogueModel, 'name'>): string {
  return join(modelsFolder(), `${name}.onnx`);
}

/** Names of the models that come with Weft, as `namedModel` takes them. */
export function bundledModels(): string[] {
  const files = readdirSync(BUNDLED_MODELS).filter((file) => file.endsWith('.onnx'));
  return files.map((file) => `${BUNDLED}${parse(file).name}`);
}

/** What to say of a model file that is not there. */
export function missingModel(path: string): string {
  const { name } = parse(path);
  if (dirname(path) === BUNDLED_MODELS) {
    return `No model ${BUNDLED}${name} comes with Weft: use ${bundledModels().join(' or ') || 'the path of a file'}.`;
  }
  if (dirname(path) === modelsFolder() && catalogueModel(name) !== undefined) {
    return `The model ${name} is not on this machine yet: get it with \`weft models pull ${name}\`.`;
  }
  return `There is no file ${path}: correct the path or download the model.`;
}
