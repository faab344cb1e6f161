import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { ERROR_CODES } from '../../shared/node-api/error-codes.ts';
import { WeftError } from '../../shared/node-api/weft-error.ts';
import type { TensorPort } from '../../shared/types/pin-type.ts';
import { catalogue } from '../models/catalogue.ts';
import { describeModel } from '../models/describe-model.ts';
import { downloadModel, offeredModel } from '../models/download.ts';
import { bundledModels, downloadedFile, namedModel } from '../models/model-names.ts';
import { purposeOf } from '../models/model-purpose.ts';
import { removeModel } from '../models/remove-model.ts';
import { formatBytes } from './format-bytes.ts';
import { onInterrupt } from './interrupt.ts';
import { printJson } from './json-report.ts';
import { LiveLines } from './live-lines.ts';
import { table } from './table.ts';

export type ModelsAction = 'list' | 'pull' | 'info' | 'remove';

interface Output {
  readonly json?: true;
}

/** `weft models`: what models there are, and what is to be done with one of them. */
export async function models(action: ModelsAction, model: string | undefined, output: Output): Promise<number> {
  if (action === 'list') return list(output);
  if (model === undefined) throw new WeftError('E_USAGE', `Name the model: weft models ${action} MODEL.`);
  switch (action) {
    case 'pull':
      return pull(model, output);
    case 'info':
      return info(model, output);
    case 'remove':
      return remove(model, output);
  }
}

function list({ json }: Output): number {
  const bundled = bundledModels().map((name) => ({ name, path: namedModel(name) ?? null }));
  const offered = catalogue().map((model) => ({ ...model, path: existing(downloadedFile(model)) }));
  if (json) {
    for (const model of [...bundled, ...offered]) printJson(model);
    return 0;
  }
  process.stdout.write(
    table([
      ...bundled.map(({ name, path }) => [name, '', path === null ? '' : formatBytes(statSync(path).size), '', 'here']),
      ...offered.map(({ name, task, bytes, licence, path, notes }) => {
        return [name, task, formatBytes(bytes), licence, path === null ? '' : 'here', notes];
      }),
    ]),
  );
  return 0;
}

function existing(path: string): string | null {
  return existsSync(path) ? path : null;
}

async function pull(name: string, { json }: Output): Promise<number> {
  const model = offeredModel(name);
  const stop = new AbortController();
  using _ = onInterrupt(() => stop.abort());
  const live = new LiveLines(process.stderr);
  try {
    const { path, bytes, digest, trust } = await downloadModel(model, {
      signal: stop.signal,
      progress: (done, total) => live.set(name, `${name}  ${progressText(done, total)}`),
      waiting: () => live.print(`Another process is downloading ${name}: waiting for it.`),
    });
    live.close();
    if (trust === 'first') {
      process.stderr.write(`No digest of ${name} was known: that of this first download, ${digest}, was recorded.\n`);
    }
    if (json) printJson({ name, path, bytes, sha256: digest, trust });
    else process.stdout.write(`${path}\n`);
    return 0;
  } catch (error) {
    live.close();
    if (!stop.signal.aborted) throw error;
    process.stderr.write(`The download was stopped; the next one goes on from where it was.\n`);
    return ERROR_CODES.E_CANCELLED.exit;
  }
}

function progressText(done: number, total: number | undefined): string {
  if (total === undefined) return formatBytes(done);
  return `${Math.floor((done / total) * 100)} %  ${formatBytes(done)} of ${formatBytes(total)}`;
}

async function info(model: string, { json }: Output): Promise<number> {
  const description = await describeModel(existing(resolve(model)) ?? namedModel(model) ?? model);
  const purpose = purposeOf(description);
  if (json) {
    printJson({ ...description, purpose });
    return 0;
  }
  const { path, bytes, digest, signature, irVersion, opsets, weights, producer } = description;
  const { operators, unsupported, metadata } = description;
  const rows = [
    ['file', path],
    ['size', formatBytes(bytes)],
    ['sha256', digest],
    ['purpose', [purpose.task ?? 'not recognised', purpose.family ?? ''].join(' ').trim()],
    ['', purpose.reason],
    ...signature.inputs.map((port) => ['input', portText(port)]),
    ...signature.outputs.map((port) => ['output', portText(port)]),
    ...unsupported.map(({ port, type }) => ['cannot run', `${port} is ${type}`]),
    [
      'opset',
      Object.entries(opsets)
        .map(([domain, version]) => `${domain} ${version}`)
        .join(', '),
    ],
    ['IR version', String(irVersion)],
    ['weights', weights.map(({ type, count }) => `${count.toLocaleString('en')} ${type}`).join(', ')],
    ['producer', producer],
    ['operators', operators.map(({ name, count }) => `${count} ${name}`).join(', ')],
    ...Object.entries(metadata),
  ];
  process.stdout.write(table(rows.filter(([, value]) => value !== '')));
  return 0;
}

function portText({ name, dtype, shape }: TensorPort): string {
  return `${name} ${dtype}[${shape === null ? '…' : shape.map((dim) => dim ?? '?').join(',')}]`;
}

async function remove(name: string, { json }: Output): Promise<number> {
  const path = await removeModel(offeredModel(name));
  if (json) printJson({ name, removed: path });
  else process.stdout.write(`removed ${path}\n`);
  return 0;
}
