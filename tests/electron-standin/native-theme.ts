import type { NativeTheme } from 'electron';

export const standinNativeTheme: Pick<NativeTheme, 'shouldUseDarkColors' | 'themeSource'> = {
  themeSource: 'system',
  get shouldUseDarkColors() {
    return this.themeSource !== 'light';
  },
};
