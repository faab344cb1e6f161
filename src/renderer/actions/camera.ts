import { Clapperboard } from 'lucide-react';
import { troubledDevice } from '../camera/camera-trouble.ts';
import { setDevice } from '../camera/device-place.ts';
import { runGraph } from '../run/run-graph.ts';
import { appStore } from '../state/app-store.ts';
import type { Action } from './action.ts';

export const USE_SAMPLE_VIDEO: Action = {
  id: 'camera.sample',
  label: 'Use the sample video in place of the camera',
  group: 'Run',
  icon: Clapperboard,
  history: 'step',
  when: ({ graph }) => graph !== null && troubledDevice(graph) !== null,
  perform: async ({ graph }) => {
    const { host } = appStore.getState();
    const place = graph === null ? null : troubledDevice(graph);
    if (graph === null || place === null || host === null) return;
    setDevice(graph, place, host.sampleVideo);
    await runGraph(graph);
  },
};

export const CAMERA_ACTIONS: readonly Action[] = [USE_SAMPLE_VIDEO];
