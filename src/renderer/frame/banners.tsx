import { useStore } from 'zustand';
import type { HostDescription } from '../../shared/protocol/window-calls.ts';
import { notifyError } from '../announce/notices.ts';
import { reconnect } from '../connection/window-line.ts';
import { compareWithDisk, keepMine, reload } from '../files/changed-on-disk.ts';
import { fileName } from '../files/graph-name.ts';
import { ignoreMissingFiles, locateFile, missingFiles } from '../files/missing-files.ts';
import { useApp } from '../state/app-store.ts';
import type { GraphState, OpenGraph } from '../state/graph-store.ts';
import { Button } from '../ui/button.tsx';
import { Banner } from './banner.tsx';

/** The line to the host is cut. */
export function LineBanner() {
  const line = useApp((state) => state.line);
  const host = useApp((state) => state.host);
  if (line.state !== 'lost') return null;
  return (
    <Banner
      tone="failed"
      buttons={
        <Button tone="main" onClick={() => void reconnect()}>
          Connect again
        </Button>
      }
    >
      {lostSentence(host, line.reason)}
    </Banner>
  );
}

function lostSentence(host: HostDescription | null, reason: string): string {
  if (host === null) return `There is no line to the host yet (${reason}): start Weft, or open its address again.`;
  // Each start of a server has a key of its own, which the browser learns from the address for all of its tabs.
  return host.host === 'server'
    ? 'The line to the host is cut: you can go on editing; where Weft was started again, open its new address in another tab.'
    : 'The line to the host is cut: you can go on editing, and run and save when it is back.';
}

const selectFile = ({ file }: GraphState) => file;

/** Another program changed the file of the graph in front. */
export function ChangedBanner({ graph }: { graph: OpenGraph }) {
  const file = useStore(graph.store, selectFile);
  if (file === null || file.changedOnDisk === null) return null;
  const name = fileName(file.path);
  if (file.changedOnDisk === 'removed') {
    return (
      <Banner tone="attention" buttons={<Button onClick={() => keepMine(graph)}>Keep mine</Button>}>
        {name} was removed or renamed: save the graph to write it again.
      </Banner>
    );
  }
  return (
    <Banner
      tone="attention"
      buttons={
        <>
          <Button onClick={() => compareWithDisk(graph).catch(notifyError)}>Compare</Button>
          <Button onClick={() => keepMine(graph)}>Keep mine</Button>
          <Button tone="main" onClick={() => reload(graph).catch(notifyError)}>
            Reload
          </Button>
        </>
      }
    >
      {name} was changed by another program.
    </Banner>
  );
}

/** Files that the graph in front reads are not there. */
export function MissingFilesBanner({ graph }: { graph: OpenGraph }) {
  const missing = useStore(missingFiles, ({ byGraph }) => byGraph.get(graph.id));
  if (missing === undefined) return null;
  const [first] = missing;
  return (
    <Banner
      tone="attention"
      buttons={
        <>
          <Button onClick={() => ignoreMissingFiles(graph.id)}>Ignore</Button>
          <Button tone="main" onClick={() => locateFile(graph, first).catch(notifyError)}>
            Locate {fileName(first)}
          </Button>
        </>
      }
    >
      {missing.length === 1 ? (
        <>
          The file <span className="font-mono">{first}</span> is not there.
        </>
      ) : (
        <>
          {missing.length} files are not there, the first is <span className="font-mono">{first}</span>.
        </>
      )}
    </Banner>
  );
}
