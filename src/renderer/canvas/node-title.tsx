import { Lock, TriangleAlert } from 'lucide-react';
import { useRef } from 'react';
import { rename } from '../../shared/graph/edit/rename.ts';
import { useOpenGraph } from '../state/open-graph-context.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { CategoryIcon } from './category-icon.tsx';
import { categoryLook } from './category-look.ts';
import { editBody } from './edit-body.ts';
import { focusNode } from './focus-node.ts';
import { useLevelOfDetail } from './level-context.ts';
import { TITLE_HEIGHT } from './node-layout.ts';
import { NodeProgress, NodeRunMark } from './node-run-mark.tsx';
import type { ShownNode } from './shown-node.ts';
import { stage, useStage } from './stage.ts';
import { textWidth } from './text-width.ts';

/** Icon, name, type and state of a node. */
export function NodeTitle({ shown }: { shown: ShownNode }) {
  const { node, typeTitle, problems, category, layout } = shown;
  const { colour } = categoryLook(category);
  const level = useLevelOfDetail();
  return (
    <header
      className="relative flex shrink-0 items-center gap-1.5 px-2.5"
      style={{ height: TITLE_HEIGHT }}
      data-collapsed={layout.rows.length === 0 || undefined}
    >
      <span
        aria-hidden
        className="absolute inset-x-0 top-0 h-[3px] rounded-t-node"
        style={{ backgroundColor: colour }}
      />
      <CategoryIcon category={category} />
      <TitleText shown={shown} type={level === 'full' ? typeTitle : null} />
      {node.ui?.locked && <Lock aria-label="Locked" className="size-3 shrink-0 text-faint" />}
      {problems.length > 0 && !shown.hasFailed && (
        <Tooltip text={problems.join(' ')}>
          <span className="nodrag flex shrink-0 text-attention">
            <TriangleAlert role="img" aria-label={problems[0]} className="size-3.5" />
          </span>
        </Tooltip>
      )}
      <NodeRunMark node={node.id} />
      <NodeProgress node={node.id} />
    </header>
  );
}

/** A double-click on the name, or F2, edits it. */
function TitleText({ shown, type }: { shown: ShownNode; type: string | null }) {
  const isEdited = useStage(({ renaming }) => renaming === shown.node.id);
  const level = useLevelOfDetail();
  if (isEdited) return <TitleInput shown={shown} />;
  const size = level === 'full' ? 1 : TITLE_SCALE;
  const needed = textWidth(shown.title, 'sans') * size + (type === null ? 0 : textWidth(type, 'sans') + GAP);
  const marks = Number(shown.node.ui?.locked === true) + Number(shown.problems.length > 0);
  const isCrowded = needed > shown.layout.width - ENDS_WIDTH - marks * MARK_WIDTH;
  return (
    // The type goes to a second line, which is not seen, where the name needs all the room.
    <div
      data-title
      className={`flex h-5 min-w-0 flex-1 flex-wrap items-baseline gap-x-1.5 leading-5 ${isCrowded ? 'overflow-hidden' : ''}`}
    >
      <span className={`max-w-full font-medium ${isCrowded ? 'truncate' : 'whitespace-pre'}`}>{shown.title}</span>
      {type !== null && <span className="text-2xs text-faint">{type}</span>}
    </div>
  );
}

// CSS pixels.
const GAP = 6;
/** The icon at the left, and the time of a run at the right. */
const ENDS_WIDTH = 110;
/** A lock or a warning. */
const MARK_WIDTH = 20;
/** How much larger a name is written where only it is read (canvas.css). */
const TITLE_SCALE = 19 / 12;

function TitleInput({ shown }: { shown: ShownNode }) {
  const open = useOpenGraph();
  const isGivenUp = useRef(false);
  return (
    <input
      // Typing begins where the name is: the person has just asked to edit it.
      // biome-ignore lint/a11y/noAutofocus: see above
      autoFocus
      aria-label="Name of the node"
      defaultValue={shown.title}
      className="nodrag nopan h-5 min-w-0 flex-1 rounded-control bg-inset px-1 font-medium"
      onFocus={(event) => event.currentTarget.select()}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') isGivenUp.current = true;
        if (event.key === 'Escape' || event.key === 'Enter') event.currentTarget.blur();
      }}
      onBlur={(event) => {
        const title = event.currentTarget.value;
        if (!isGivenUp.current && title !== shown.title) {
          editBody(open, `Rename ${shown.title}`, (draft) => rename(draft, shown.node.id, title));
        }
        stage.setState({ renaming: null });
        focusNode(shown.node.id);
      }}
    />
  );
}
