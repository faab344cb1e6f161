import { LiteralWidget } from '../widgets/literal-widget.tsx';
import { useLevelOfDetail } from './level-context.ts';
import type { LevelOfDetail } from './level-of-detail.ts';
import { literalText } from './literal-text.ts';
import { ROW_HEIGHT, type NodeRow as Row } from './node-layout.ts';
import { PinHandle } from './pin-handle.tsx';
import type { ShownNode } from './shown-node.ts';
import type { ShownPin } from './shown-pin.ts';
import { textWidth } from './text-width.ts';

interface RowProps<Content extends Row = Row> {
  readonly shown: ShownNode;
  readonly row: Content;
  readonly selected: boolean;
}

/** One row of a node: pins at its borders with their labels, or a parameter. */
export function NodeRow({ shown, row, selected }: RowProps) {
  return (
    <div data-row className="relative flex items-center gap-2 px-3" style={{ height: ROW_HEIGHT }}>
      {row.kind === 'field' ? (
        <Field shown={shown} row={row} selected={selected} />
      ) : (
        <Pins shown={shown} row={row} selected={selected} />
      )}
    </div>
  );
}

function Pins({ shown, row: { input, output }, selected }: RowProps<Row & { kind: 'pins' }>) {
  const level = useLevelOfDetail();
  const left = input && labelOf(input, level, output === null);
  const right = output && labelOf(output, level, true);
  const isCrowded = roomFor(left, level) + roomFor(right, level) > roomIn(shown);
  return (
    <>
      {input && <PinHandle shown={shown} pin={input} selected={selected} />}
      {left && <Label {...left} isCrowded={isCrowded} />}
      <span className="flex-1" />
      {right && <Label {...right} isCrowded={isCrowded} />}
      {output && <PinHandle shown={shown} pin={output} selected={selected} />}
    </>
  );
}

interface LabelText {
  readonly name: string;
  /** Empty where it is not shown. */
  readonly type: string;
  readonly isKnown: boolean;
}

function labelOf({ name, typeText, isKnown }: ShownPin, level: LevelOfDetail, withType: boolean): LabelText {
  return { name, type: withType && level === 'full' ? typeText : '', isKnown };
}

function Label({ name, type, isKnown, isCrowded }: LabelText & { isCrowded: boolean }) {
  return (
    <span className={`flex min-w-0 items-baseline gap-1.5 ${isKnown ? '' : 'text-failed'}`}>
      <span className={`shrink-0 ${isCrowded ? 'max-w-32 truncate' : ''}`}>{name}</span>
      {type !== '' && (
        <span className={`font-mono text-2xs text-faint ${isCrowded ? 'truncate' : 'whitespace-pre'}`}>{type}</span>
      )}
    </span>
  );
}

/** A parameter. A wire wins over the literal, so a wired one shows what arrives. */
function Field({ shown, row: { input: pin, withWidget }, selected }: RowProps<Row & { kind: 'field' }>) {
  const level = useLevelOfDetail();
  const isFull = level === 'full';
  const field = withWidget && !pin.isConnected ? pin.field : null;
  const value = pin.isConnected ? pin.typeText : literalText(shown.node, pin);
  const isCrowded = roomFor({ name: pin.name, type: '' }, level) > (isFull ? NAME_WIDTH : roomIn(shown));
  return (
    <>
      {pin.canConnect && <PinHandle shown={shown} pin={pin} selected={selected} />}
      <span
        className={`${isFull ? 'w-20' : 'min-w-0'} shrink-0 ${isCrowded ? 'truncate' : ''} ${pin.isKnown ? '' : 'text-failed'}`}
      >
        {pin.name}
      </span>
      {isFull && field !== null && (
        <span className="nodrag nopan nowheel min-w-0 flex-1">
          <LiteralWidget node={shown.node} pin={field} size="compact" />
        </span>
      )}
      {isFull && field === null && (
        <span
          className={`min-w-0 flex-1 text-right font-mono text-2xs text-faint ${
            textWidth(value, 'mono') > roomIn(shown) - NAME_WIDTH ? 'truncate' : 'whitespace-pre'
          }`}
        >
          {value}
        </span>
      )}
    </>
  );
}

// CSS pixels, as the classes above have them.
const PADDING = 24;
const GAP = 8;
/** Of a parameter, the gap behind it included. */
const NAME_WIDTH = 80 + GAP;
/** How much larger names are written where only they are read (canvas.css). */
const LABEL_SCALE = 17 / 12;

function roomIn({ layout }: ShownNode): number {
  return layout.width - PADDING;
}

function roomFor(label: Pick<LabelText, 'name' | 'type'> | null, level: LevelOfDetail): number {
  if (label === null) return 0;
  const name = textWidth(label.name, 'sans') * (level === 'full' ? 1 : LABEL_SCALE);
  return name + GAP + (label.type === '' ? 0 : textWidth(label.type, 'mono') + GAP);
}
