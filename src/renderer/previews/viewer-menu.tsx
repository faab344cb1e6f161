import { Check, SlidersHorizontal } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { setBeside } from '../../shared/graph/edit/set-beside.ts';
import { setViewer } from '../../shared/graph/edit/set-viewer.ts';
import type { PinRef } from '../../shared/protocol/preview.ts';
import { editBody } from '../canvas/edit-body.ts';
import type { GraphState } from '../state/graph-store.ts';
import { useGraphState, useOpenGraph } from '../state/open-graph-context.tsx';
import { IconButton } from '../ui/button.tsx';
import { MENU_CONTENT, MENU_ITEM, MENU_SEPARATOR } from '../ui/menu-styles.ts';
import { besidePins, shownPins } from './viewer-pins.ts';

interface ViewerMenuProps {
  /** Path of the node. */
  readonly path: string;
  /** The pin that is shown, and the one beside it. */
  readonly shown: PinRef | null;
  readonly beside: PinRef | null;
  /** What is shown is a picture, which another can be laid beside. */
  readonly isPicture: boolean;
}

/** Which pin a viewer shows, and which picture beside it; both are kept with the graph. */
export function ViewerMenu({ path, shown, beside, isPicture }: ViewerMenuProps) {
  const graph = useOpenGraph();
  const checked = useGraphState(selectChecked);
  const id = nameIn(path);
  const others = besidePins(checked, path).filter((pin) => pin.node !== shown?.node || pin.pin !== shown.pin);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton icon={SlidersHorizontal} label="What is shown" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align="end" sideOffset={2} collisionPadding={8} className={MENU_CONTENT}>
          <DropdownMenu.Label className={HEADING}>Show</DropdownMenu.Label>
          <DropdownMenu.RadioGroup
            value={shown?.node === path ? shown.pin : ''}
            onValueChange={(pin) => editBody(graph, 'Choose a viewer', (draft) => setViewer(draft, new Set([id]), pin))}
          >
            {[...new Set(shownPins(checked, path).map(({ pin }) => pin))].map((pin) => (
              <Choice key={pin} value={pin} label={pin} />
            ))}
          </DropdownMenu.RadioGroup>
          {isPicture && others.length > 0 && (
            <>
              <DropdownMenu.Separator className={MENU_SEPARATOR} />
              <DropdownMenu.Label className={HEADING}>Compare with</DropdownMenu.Label>
              <DropdownMenu.RadioGroup
                value={beside === null ? NOTHING : textOf(beside)}
                onValueChange={(pin) =>
                  editBody(graph, 'Compare pictures', (draft) =>
                    setBeside(draft, id, pin === NOTHING ? undefined : pin),
                  )
                }
              >
                <Choice value={NOTHING} label="Nothing" />
                {others.map((pin) => (
                  <Choice key={textOf(pin)} value={textOf(pin)} label={textOf(pin)} />
                ))}
              </DropdownMenu.RadioGroup>
            </>
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

const selectChecked = ({ checked }: GraphState) => checked;
const HEADING = 'px-2 py-1 text-2xs text-dim';
const NOTHING = '';

function Choice({ value, label }: { value: string; label: string }) {
  return (
    <DropdownMenu.RadioItem value={value} className={MENU_ITEM}>
      <span className="size-3.5">
        <DropdownMenu.ItemIndicator>
          <Check aria-hidden className="size-3.5" />
        </DropdownMenu.ItemIndicator>
      </span>
      {label}
    </DropdownMenu.RadioItem>
  );
}

/** As the file has it: by the ids of the graph that the node is in. */
function textOf({ node, pin }: PinRef): string {
  return `${nameIn(node)}.${pin}`;
}

function nameIn(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
