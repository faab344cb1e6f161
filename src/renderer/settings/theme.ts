import type { Settings } from '../../shared/protocol/window-calls.ts';
import { drawCategoryIcons } from '../canvas/category-icon.tsx';
import { appStore } from '../state/app-store.ts';

/** Keeps the theme of the page true to the settings, and to the system where they leave it to that. */
export function applyTheme(): void {
  const light = matchMedia('(prefers-color-scheme: light)');
  const apply = () => {
    document.documentElement.dataset.theme = themeOf(appStore.getState().settings, light.matches);
    drawCategoryIcons();
  };
  light.addEventListener('change', apply);
  appStore.subscribe(({ settings }, before) => {
    if (settings.theme !== before.settings.theme) apply();
  });
  apply();
}

function themeOf({ theme }: Settings, systemIsLight: boolean): 'dark' | 'light' {
  if (theme !== 'system') return theme;
  return systemIsLight ? 'light' : 'dark';
}
