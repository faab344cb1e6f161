import { Search, TriangleAlert } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { insertNode } from '../canvas/insert-node.ts';
import { insertionPoint } from '../canvas/insertion-point.ts';
import { rankNodes } from '../canvas/rank-nodes.ts';
import { recentTypes } from '../canvas/recent-types.ts';
import { type AppState, useApp } from '../state/app-store.ts';
import { useOpenGraph } from '../state/open-graph-context.tsx';
import { GraphList } from './graph-list.tsx';
import { groupByCategory } from './group-by-category.ts';
import { PaletteSection } from './palette-section.tsx';

/** All nodes that can be put in a graph, by category; below them the graphs of this document. */
export function Palette() {
  const open = useOpenGraph();
  const catalogue = useApp(catalogueOf);
  const problems = useApp(problemsOf);
  const [query, setQuery] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const signatures = useMemo(() => [...catalogue.values()], [catalogue]);
  const sections = useMemo(() => {
    if (query.trim() !== '') return [{ category: null, nodes: rankNodes(query, signatures, recentTypes()) }];
    return groupByCategory(signatures);
  }, [query, signatures]);
  const insert = (type: string) => insertNode(open, { type, at: insertionPoint() });

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <label className="flex h-9 shrink-0 items-center gap-2 border-line border-b px-3 focus-within:bg-inset">
        <Search aria-hidden className="size-3.5 text-faint" />
        <input
          type="search"
          aria-label="Search nodes"
          placeholder="Search nodes"
          value={query}
          className="min-w-0 flex-1 bg-transparent outline-none"
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setQuery('');
            if (event.key === 'ArrowDown') {
              event.preventDefault();
              list.current?.querySelector<HTMLElement>('[data-node-type]')?.focus();
            }
            const first = sections[0]?.nodes[0];
            if (event.key === 'Enter' && query !== '' && first !== undefined) insert(first.id);
          }}
        />
      </label>
      <div ref={list} className="min-h-0 flex-1 overflow-y-auto py-1">
        {signatures.length === 0 && <p className="px-3 py-2 text-dim">The nodes are being read.</p>}
        {sections.map(({ category, nodes }) => (
          <PaletteSection key={category} category={category} nodes={nodes} onInsert={insert} />
        ))}
        {query !== '' && sections[0]?.nodes.length === 0 && (
          <p className="px-3 py-2 text-dim">No node is called this: try another word.</p>
        )}
        {problems.length > 0 && (
          <section aria-label="Nodes that could not be loaded" className="mt-2 px-3 text-attention">
            {problems.map(({ path, report }) => (
              <p key={path} className="flex items-start gap-1.5 py-0.5" title={path}>
                <TriangleAlert aria-hidden className="mt-0.5 size-3 shrink-0" />
                <span className="line-clamp-2">{report.message}</span>
              </p>
            ))}
          </section>
        )}
      </div>
      <GraphList />
    </div>
  );
}

const catalogueOf = ({ catalogue }: AppState) => catalogue;
const problemsOf = ({ catalogueProblems }: AppState) => catalogueProblems;
