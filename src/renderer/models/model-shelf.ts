import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { WeftError } from '../../shared/node-api/weft-error.ts';
import type { ModelEntry } from '../../shared/protocol/window-calls.ts';
import { notify, notifyError } from '../announce/notices.ts';
import { modelSignatures } from '../checking/model-signature-cache.ts';
import { call, onHostEvent } from '../connection/host.ts';
import { formatBytes } from '../previews/format-value.ts';
import { appStore } from '../state/app-store.ts';
import { ask, showDialog } from '../state/show-dialog.ts';

interface Shelf {
  /** By name, in the order of the host; those that changed before the list was asked for come first. */
  readonly models: ReadonlyMap<string, ModelEntry>;
  /** The host has told all of them. */
  readonly isWhole: boolean;
}

const shelf = createStore<Shelf>(() => ({ models: new Map(), isWhole: false }));

/** The models that the host knows, as far as it has told. */
export function useShelf<T>(selector: (state: Shelf) => T): T {
  return useStore(shelf, selector);
}

/** Asks the host for its models. */
export async function readShelf(): Promise<void> {
  const before = shelf.getState().models;
  const models = await call('models');
  const told = shelf.getState().models;
  // What was told meanwhile is newer than the list.
  const newest = (model: ModelEntry) =>
    told.get(model.name) === before.get(model.name) ? model : told.get(model.name);
  shelf.setState({ models: new Map(models.map((model) => [model.name, newest(model) ?? model])), isWhole: true });
}

/** Takes in what the host tells of downloads, whichever window began them. Returns how to stop that. */
export function followModels(): () => void {
  const stopEvents = onHostEvent((event) => {
    if (event.event !== 'model') return;
    const { model } = event;
    shelf.setState(({ models }) => ({ models: new Map(models).set(model.name, model) }));
    if (model.state.kind === 'here') modelSignatures.forgetMissing();
  });
  const stopLine = appStore.subscribe(({ line }, before) => {
    if (line === before.line) return;
    // What happened meanwhile was told to nobody.
    if (line.state === 'lost') shelf.setState({ models: new Map(), isWhole: false });
    if (line.state === 'open') readShelf().catch(notifyError);
  });
  return () => {
    stopEvents();
    stopLine();
  };
}

/** Downloads a model; asks first, unless it was asked for before. */
export async function download(model: ModelEntry): Promise<void> {
  const { name, state } = model;
  const isBegun = state.kind === 'absent' && (state.partBytes > 0 || state.failure !== null);
  if (!isBegun && !(await mayDownload(model))) return;
  try {
    const { recordedDigest } = await call('pullModel', { name });
    const note = recordedDigest === null ? '' : ` Its digest ${recordedDigest} was recorded, for nobody published one.`;
    notify({ tone: recordedDigest === null ? 'done' : 'attention', sentence: `${name} was downloaded.${note}` });
  } catch (error) {
    tellFailure(error);
  }
}

export async function cancelDownload(name: string): Promise<void> {
  await call('cancelPull', { name });
}

/** Deletes a downloaded model, or what there is of one; asks first. */
export async function removeModel({ name, state }: ModelEntry): Promise<void> {
  const whole = state.kind === 'here';
  const choice = await ask({
    title: whole ? `Remove ${name}?` : `Discard the part of ${name}?`,
    text: whole
      ? 'Its file is deleted. Graphs that use it need it to be downloaded again.'
      : 'What was downloaded of it is deleted. The next download begins anew.',
    choices: [
      { id: 'remove', label: whole ? 'Remove' : 'Discard', tone: 'danger' },
      { id: 'cancel', label: 'Cancel', tone: 'plain' },
    ],
  });
  if (choice === 'remove') await call('removeModel', { name });
}

async function mayDownload({ name, bytes, source, licence, notes, hasDigest }: ModelEntry): Promise<boolean> {
  const choice = await ask({
    title: `Download ${name}?`,
    text: `About ${formatBytes(bytes)} from ${source}, under the licence ${licence}.`,
    details: [
      ...(notes === '' ? [] : [notes]),
      hasDigest
        ? 'The file is compared with the digest that the catalogue has of it.'
        : 'Nobody published a digest of it: that of this first download is recorded, and later ones are compared with it.',
    ],
    choices: [
      { id: 'download', label: 'Download', tone: 'main' },
      { id: 'cancel', label: 'Cancel', tone: 'plain' },
    ],
  });
  return choice === 'download';
}

/** The list of models says how a download ended; whoever has closed it is told. */
function tellFailure(error: unknown): void {
  if (error instanceof WeftError && error.code === 'E_CANCELLED') return;
  if (appStore.getState().dialogs.some(({ kind }) => kind === 'models')) return;
  const sentence = error instanceof Error ? error.message : String(error);
  const show = () => void showDialog({ kind: 'models', choose: null });
  notify({ tone: 'failed', sentence, offer: { label: 'Show models', perform: show } });
}
