import { notifyError } from '../announce/notices.ts';
import { call } from '../connection/host.ts';
import { appStore } from '../state/app-store.ts';
import { frontGraph } from '../state/tabs.ts';
import { graphName } from './graph-name.ts';

/** Keeps the window's title true to the graph in front and its unsaved mark. */
export function showTitle(): void {
  let shown = '';
  let stop = () => {};
  const show = () => {
    const state = frontGraph()?.store.getState();
    const unsaved = state !== undefined && !state.saved;
    const name = state === undefined ? 'Weft' : `${graphName(state)} – Weft`;
    const title = unsaved ? `● ${name}` : name;
    if (title === shown) return;
    shown = title;
    document.title = title;
    if (appStore.getState().line.state === 'open') call('setTitle', { title: name, unsaved }).catch(notifyError);
  };
  const follow = () => {
    stop();
    stop = frontGraph()?.store.subscribe(show) ?? (() => {});
    show();
  };
  appStore.subscribe(({ front, tabs, line }, before) => {
    if (line !== before.line) shown = '';
    if (front !== before.front || tabs !== before.tabs || line !== before.line) follow();
  });
  follow();
}
