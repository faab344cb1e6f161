import { LiteralWidget } from '../widgets/literal-widget.tsx';
import { useLevelOfDetail } from './level-context.ts';
import { literalText } from './literal-text.ts';
import { ROW_HEIGHT, type NodeRow as Row } from './node-layout.ts';
import { PinHandle } from './pin-handle.tsx';
import type { ShownNode } from './shown-node.ts';
import type { ShownPin } from './shown-pin.ts';

interface NodeRowProps {
  readonly shown: ShownNode;
  readonly row: Row;
  readonly selected: boolean;
}

/** One row of a node: pins at its borders with their labels, or a parameter. */
export function NodeRow({ shown, row, selected }: NodeRowProps) {
  return (
    <div data-row className="relative flex items-center gap-2 px-3" style={{ height: ROW_HEIGHT }}>
      {row.kind === 'field' ? (
        <Field shown={shown} pin={row.input} withWidget={row.withWidget} selected={selected} />
      ) : (
        <>
          {row.input && <PinHandle shown={shown} pin={row.input} selected={selected} />}
          {row.input && <Label pin={row.input} withType={row.output === null} />}
          <span className="flex-1" />
          {row.output && <Label pin={row.output} withType />}
          {row.output && <PinHandle shown={shown} pin={row.output} selected={selected} />}
        </>
      )}
    </div>
  );
}

function Label({ pin, withType }: { pin: ShownPin; withType: boolean }) {
  const level = useLevelOfDetail();
  return (
    <span className={`flex min-w-0 items-baseline gap-1.5 ${pin.isKnown ? '' : 'text-failed'}`}>
      <span className="max-w-32 shrink-0 truncate">{pin.name}</span>
      {withType && level === 'full' && pin.typeText !== '' && (
        <span className="truncate font-mono text-2xs text-faint">{pin.typeText}</span>
      )}
    </span>
  );
}

/** A parameter. A wire wins over the literal, so a wired one shows what arrives. */
function Field({
  shown,
  pin,
  withWidget,
  selected,
}: Omit<NodeRowProps, 'row'> & { pin: ShownPin; withWidget: boolean }) {
  const level = useLevelOfDetail();
  const isOpen = withWidget && !pin.isConnected && level === 'full' && pin.field !== null;
  return (
    <>
      {pin.canConnect && <PinHandle shown={shown} pin={pin} selected={selected} />}
      <span
        className={`${level === 'full' ? 'w-20' : 'min-w-0'} shrink-0 truncate ${pin.isKnown ? '' : 'text-failed'}`}
      >
        {pin.name}
      </span>
      {isOpen && pin.field ? (
        <span className="nodrag nopan nowheel min-w-0 flex-1">
          <LiteralWidget node={shown.node} pin={pin.field} size="compact" />
        </span>
      ) : (
        level === 'full' && (
          <span className="min-w-0 flex-1 truncate text-right font-mono text-2xs text-faint">
            {pin.isConnected ? pin.typeText : literalText(shown.node, pin)}
          </span>
        )
      )}
    </>
  );
}
