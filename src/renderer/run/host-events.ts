import { onHostEvent } from '../connection/host.ts';
import { watches } from '../previews/pin-views.ts';
import { appStore } from '../state/app-store.ts';
import { openGraphs } from '../state/tabs.ts';
import { loseRun, onRunEvents } from './run-graph.ts';

/** Takes in what the host tells of runs and of the pins that are looked at. Returns how to stop that. */
export function followHost(): () => void {
  const stopEvents = onHostEvent((event) => {
    switch (event.event) {
      case 'run': {
        const graph = openGraphs().find(({ store }) => store.getState().run.ticket === event.ticket);
        if (graph !== undefined) onRunEvents(graph, event.events);
        break;
      }
      case 'preview':
        watches.receive(event.message);
        break;
      case 'engine':
        if (event.state === 'restarted') engineRestarted(event.message);
    }
  });
  const stopLine = appStore.subscribe(({ line }, before) => {
    if (line === before.line) return;
    if (line.state === 'open') watches.resend();
    if (line.state === 'lost') for (const graph of openGraphs()) loseRun(graph, LINE_LOST);
  });
  return () => {
    stopEvents();
    stopLine();
  };
}

const LINE_LOST = 'The line to the host broke while this ran: connect again and run it once more.';

function engineRestarted(message: string | null): void {
  const sentence = message ?? 'The engine was started again: run the graph once more.';
  for (const graph of openGraphs()) loseRun(graph, sentence);
  watches.resend();
}
