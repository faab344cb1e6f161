import type { Display, Screen } from 'electron';

const WORK_AREA = { x: 0, y: 0, width: 1920, height: 1080 };

export const standinScreen: {
  getAllDisplays(): Pick<ReturnType<Screen['getAllDisplays']>[number] & Display, 'workArea'>[];
} = {
  getAllDisplays: () => [{ workArea: WORK_AREA }],
};
