import { createContext, useContext } from 'react';
import type { LevelOfDetail } from './level-of-detail.ts';

/** One value for all nodes: thousands that each follow the zoom would cost a frame while it changes. */
export const LevelContext = createContext<LevelOfDetail>('full');

export function useLevelOfDetail(): LevelOfDetail {
  return useContext(LevelContext);
}
