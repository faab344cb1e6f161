import { chromeTrace } from '../../shared/profile/chrome-trace.ts';
import { notify } from '../announce/notices.ts';
import { call } from '../connection/host.ts';
import { graphName } from '../files/graph-name.ts';
import { pickFile } from '../files/pick-file.ts';
import type { OpenGraph } from '../state/graph-store.ts';

/** Saves when the nodes of the last run were at work, in the form of Chrome's traces, where the person chooses. */
export async function saveTrace({ store }: OpenGraph): Promise<void> {
  const state = store.getState();
  const { run } = state.run;
  if (run === null) return;
  const name = graphName(state);
  // Asked first: by the time that a place has been chosen another run may have begun.
  const trace = chromeTrace(name, await call('runProfile', { run }));
  const path = await pickFile({
    mode: 'save',
    title: 'Save the trace',
    suggested: `${name}.trace.json`,
    extensions: ['json'],
  });
  if (path === null) return;
  await call('exportFile', { path, content: new TextEncoder().encode(JSON.stringify(trace)) });
  notify({ tone: 'done', sentence: `Saved the trace as ${path}: open it in Perfetto or in chrome://tracing.` });
}
