import { appStore } from './app-store.ts';
import { type BottomTab, LAYOUT_KEY, type Layout, PANEL_LIMITS, type Panel, type PanelName } from './layout.ts';

export function resizePanel(name: PanelName, size: number): void {
  const [least, most] = PANEL_LIMITS[name];
  changePanel(name, { open: true, size: Math.round(Math.min(most, Math.max(least, size))) });
}

export function togglePanel(name: PanelName): void {
  changePanel(name, { open: !appStore.getState().layout[name].open });
}

/** Opens the bottom panel at a tab. */
export function showBottomTab(tab: BottomTab): void {
  const { layout } = appStore.getState();
  keep({ ...layout, bottomTab: tab, bottom: { ...layout.bottom, open: true } });
}

function changePanel(name: PanelName, change: Partial<Panel>): void {
  const { layout } = appStore.getState();
  keep({ ...layout, [name]: { ...layout[name], ...change } });
}

function keep(layout: Layout): void {
  appStore.setState({ layout });
  localStorage.setItem(LAYOUT_KEY, JSON.stringify(layout));
}
