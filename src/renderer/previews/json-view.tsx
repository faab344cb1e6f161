import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { JsonTree } from '../../shared/protocol/preview.ts';

type Branch = Exclude<JsonTree, { kind: 'leaf' }>;

/** JSON to walk through: each list and record opens and closes. The first levels are open as long as they are short. */
export function JsonView({ root }: { root: JsonTree }) {
  return (
    <div className="font-mono text-2xs" data-selectable>
      <Part name={null} tree={root} depth={0} />
    </div>
  );
}

function Part({ name, tree, depth }: { name: string | null; tree: JsonTree; depth: number }) {
  const label = name === null ? null : <span className="text-dim">{name}: </span>;
  if (tree.kind === 'leaf') {
    return (
      <p className="whitespace-pre-wrap break-words pl-4">
        {label}
        <span className={tree.text.startsWith('<') ? 'text-faint' : 'text-fg'}>{tree.text}</span>
      </p>
    );
  }
  return <Fold label={label} tree={tree} depth={depth} />;
}

function Fold({ label, tree, depth }: { label: React.ReactNode; tree: Branch; depth: number }) {
  const [isOpen, setOpen] = useState(depth === 0 || (depth < OPEN_LEVELS && tree.total <= OPEN_PARTS));
  const [open, close] = tree.kind === 'list' ? '[]' : '{}';
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  const parts: readonly (readonly [string, JsonTree])[] =
    tree.kind === 'list' ? tree.items.map((item, index) => [String(index), item]) : tree.entries;
  return (
    <div>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="flex max-w-full items-center rounded-control text-left hover:bg-hover"
      >
        <Chevron aria-hidden className="size-3 shrink-0 text-dim" />
        <span className="ml-1 truncate">
          {label}
          <span className="text-faint">{isOpen ? open : `${open} ${tree.total} ${close}`}</span>
        </span>
      </button>
      {isOpen && (
        <div className="ml-1.5 border-line border-l pl-1">
          {parts.map(([key, part]) => (
            <Part key={key} name={key} tree={part} depth={depth + 1} />
          ))}
          {tree.total > parts.length && <p className="pl-4 text-dim">and {tree.total - parts.length} more</p>}
        </div>
      )}
    </div>
  );
}

const OPEN_LEVELS = 2;
const OPEN_PARTS = 12;
