import { Lock, TriangleAlert } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { rename } from '../../shared/graph/edit/rename.ts';
import { useOpenGraph } from '../state/open-graph-context.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { categoryLook } from './category-look.ts';
import { editBody } from './edit-body.ts';
import { focusNode } from './focus-node.ts';
import { useLevelOfDetail } from './level-context.ts';
import { TITLE_HEIGHT } from './node-layout.ts';
import { NodeProgress, NodeRunMark } from './node-run-mark.tsx';
import type { ShownNode } from './shown-node.ts';
import { stage, useStage } from './stage.ts';

/** Icon, name, type and state of a node. */
export function NodeTitle({ shown }: { shown: ShownNode }) {
  const { node, title, typeTitle, problems, category, layout } = shown;
  const { icon: Icon, colour } = categoryLook(category);
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
      <Icon aria-hidden className="size-3.5 shrink-0" style={{ color: colour }} />
      <TitleText shown={shown}>
        <span className="max-w-full truncate font-medium">{title}</span>
        {typeTitle !== null && level === 'full' && <span className="text-2xs text-faint">{typeTitle}</span>}
      </TitleText>
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
function TitleText({ shown, children }: { shown: ShownNode; children: ReactNode }) {
  const isEdited = useStage(({ renaming }) => renaming === shown.node.id);
  if (isEdited) return <TitleInput shown={shown} />;
  return (
    // The type goes to a second line, which is not seen, where the name needs all the room.
    <div data-title className="flex h-5 min-w-0 flex-1 flex-wrap items-baseline gap-x-1.5 overflow-hidden leading-5">
      {children}
    </div>
  );
}

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
