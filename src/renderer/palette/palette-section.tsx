import { ChevronRight } from 'lucide-react';
import { HoverCard } from 'radix-ui';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { NodeSignature } from '../../shared/node-api/signature.ts';
import { CategoryIcon } from '../canvas/category-icon.tsx';
import { categoryLook } from '../canvas/category-look.ts';
import { SignatureCard } from '../canvas/signature-card.tsx';
import { NODE_TYPE_FORMAT } from '../canvas/use-drop.ts';

interface PaletteSectionProps {
  /** Null for what a search found. */
  readonly category: string | null;
  readonly nodes: readonly NodeSignature[];
  onInsert(type: string): void;
}

/** The nodes of a category. Closed and opened by its title. */
export function PaletteSection({ category, nodes, onInsert }: PaletteSectionProps) {
  const [isOpen, setOpen] = useState(true);
  if (category === null) return <Rows nodes={nodes} onInsert={onInsert} />;
  const { title, colour } = categoryLook(category);
  return (
    <section aria-label={title}>
      <button
        type="button"
        aria-expanded={isOpen}
        className="flex h-6 w-full items-center gap-1.5 px-2 font-semibold text-2xs text-dim hover:text-fg"
        onClick={() => setOpen(!isOpen)}
      >
        <ChevronRight aria-hidden className={`size-3 shrink-0 ${isOpen ? 'rotate-90' : ''}`} />
        <span aria-hidden className="size-2 shrink-0 rounded-[2px]" style={{ backgroundColor: colour }} />
        <span className="truncate">{title}</span>
        <span className="font-normal text-faint tabular">{nodes.length}</span>
      </button>
      {isOpen && <Rows nodes={nodes} onInsert={onInsert} />}
    </section>
  );
}

function Rows({ nodes, onInsert }: Pick<PaletteSectionProps, 'nodes' | 'onInsert'>) {
  return nodes.map((signature) => <Row key={signature.id} signature={signature} onInsert={onInsert} />);
}

function Row({ signature, onInsert }: { signature: NodeSignature; onInsert(type: string): void }) {
  const [isShown, setShown] = useState(false);
  // A browser holds the pointer to be here until it moves again after the drop, far away: no card then.
  const drag = useRef<'none' | 'going on' | 'over'>('none');
  return (
    <HoverCard.Root
      open={isShown}
      onOpenChange={(isOpen) => setShown(isOpen && drag.current === 'none')}
      openDelay={350}
      closeDelay={50}
    >
      <HoverCard.Trigger asChild>
        <button
          type="button"
          draggable
          data-node-type={signature.id}
          className="flex h-6 w-full cursor-grab items-center gap-2 pr-3 pl-6 text-left hover:bg-hover"
          onClick={({ detail }) => {
            // By keyboard, or by a double-click: one click is the beginning of a drag.
            if (detail === 0 || detail === 2) onInsert(signature.id);
          }}
          onKeyDown={moveFocus}
          onDragStart={({ dataTransfer }) => {
            dataTransfer.setData(NODE_TYPE_FORMAT, signature.id);
            dataTransfer.effectAllowed = 'copy';
            drag.current = 'going on';
            setShown(false);
          }}
          onDragEnd={() => {
            drag.current = 'over';
          }}
          onPointerLeave={() => {
            if (drag.current === 'over') drag.current = 'none';
          }}
        >
          <CategoryIcon category={signature.category} />
          <span className="truncate">{signature.title}</span>
        </button>
      </HoverCard.Trigger>
      <HoverCard.Portal>
        <HoverCard.Content side="right" align="start" sideOffset={4} collisionPadding={8} className="z-30">
          <SignatureCard signature={signature} />
        </HoverCard.Content>
      </HoverCard.Portal>
    </HoverCard.Root>
  );
}

/** Up and down go from node to node, over the titles of categories. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const rows = [...document.querySelectorAll<HTMLElement>('[data-node-type]')];
  rows[rows.indexOf(event.currentTarget) + step]?.focus();
}
