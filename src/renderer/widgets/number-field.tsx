import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from 'react';
import { describeRange } from '../../shared/types/literal.ts';
import { FIELD_BOX, FIELD_TEXT, type FieldProps } from './field.ts';
import { FieldAtRest, useRest } from './field-at-rest.tsx';
import { FieldMessage } from './field-message.tsx';
import {
  formatNumber,
  fractionOf,
  type NumberRange,
  type Pace,
  parseNumber,
  scrubNumber,
  stepNumber,
} from './number-input.ts';
import { type Reading, useDraft } from './use-draft.ts';

interface NumberFieldProps extends FieldProps {
  readonly range: NumberRange;
  readonly unit?: string;
}

/**
 * A number that is dragged or written, as in 3D editors: drag sideways to change it (Shift finer, Ctrl coarser), click to
 * write one or a short sum, arrow keys for steps. A range on both sides is drawn as a bar.
 */
export function NumberField({ label, value, isDefault, size, rests = false, edit, range, unit }: NumberFieldProps) {
  const number = typeof value === 'number' ? value : null;
  const { isResting, control: input, wake } = useRest<HTMLInputElement>(rests);
  const draft = useDraft({
    text: number === null ? '' : formatNumber(number),
    read: (text) => readNumber(text, range, unit),
    commit: (value) => edit({ kind: 'set', value, goesOn: false }),
  });
  const scrub = useScrub(number, range, input, edit);
  // A long unit would leave no room for the number in a node.
  const shownUnit = size === 'compact' && unit !== undefined && unit.length > 4 ? undefined : unit;

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const direction = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    if (direction === 0) return draft.props.onKeyDown(event);
    event.preventDefault();
    event.stopPropagation();
    const written = draft.isWritten ? readNumber(event.currentTarget.value, range, unit) : null;
    const from = written?.ok && typeof written.value === 'number' ? written.value : (number ?? 0);
    const steps = direction * (event.shiftKey ? 10 : 1);
    draft.abandon();
    edit({ kind: 'set', value: stepNumber(from, steps, range), goesOn: false });
  };

  const spinbutton = {
    role: 'spinbutton' as const,
    'aria-label': label,
    'aria-valuenow': number ?? undefined,
    'aria-valuemin': range.min,
    'aria-valuemax': range.max,
    'aria-valuetext': number === null ? 'not set' : `${formatNumber(number)}${unit === undefined ? '' : ` ${unit}`}`,
  };
  const colour = isDefault ? 'text-dim' : 'text-fg';
  const bar = number === null ? undefined : barTo(fractionOf(number, range));

  if (isResting) {
    return (
      <FieldAtRest
        {...spinbutton}
        className={`tabular cursor-ew-resize justify-end font-mono ${colour}`}
        style={bar}
        wake={wake}
      >
        {draft.props.value}
        {shownUnit !== undefined && <span className="pl-1.5 text-2xs text-faint">{shownUnit}</span>}
      </FieldAtRest>
    );
  }
  return (
    <div className={`${FIELD_BOX} h-5.5 flex-1 cursor-ew-resize`} style={bar} {...scrub}>
      <input
        ref={input}
        type="text"
        inputMode="decimal"
        {...spinbutton}
        {...draft.props}
        onKeyDown={onKeyDown}
        // Room for the unit, which stands over the field so that its ring of focus goes around both.
        style={shownUnit === undefined ? undefined : { paddingRight: `calc(${shownUnit.length} * 0.55em + 12px)` }}
        className={`${FIELD_TEXT} tabular cursor-[inherit] text-right font-mono focus:cursor-text ${colour}`}
      />
      {shownUnit !== undefined && (
        <span aria-hidden className="pointer-events-none absolute right-1.5 font-mono text-2xs text-faint">
          {shownUnit}
        </span>
      )}
      <FieldMessage id={draft.messageId} reason={draft.reason} field={input} />
    </div>
  );
}

/** How far a number is in its range, drawn into the box; nothing where the range has no ends. */
function barTo(fraction: number | null) {
  if (fraction === null) return undefined;
  const image = 'linear-gradient(var(--accent-soft), var(--accent-soft))';
  return { backgroundImage: image, backgroundSize: `${fraction * 100}% 100%`, backgroundRepeat: 'no-repeat' };
}

function readNumber(text: string, range: NumberRange, unit: string | undefined): Reading {
  const parsed = parseNumber(text, unit);
  if (!parsed.ok) return parsed;
  const { min = -Infinity, max = Infinity, whole } = range;
  if (whole && !Number.isInteger(parsed.value)) return { ok: false, reason: 'Write a whole number.' };
  if (parsed.value < min || parsed.value > max) {
    return { ok: false, reason: `Write a number ${describeRange(min, max)}.` };
  }
  return parsed;
}

/** Pixels that a press may move and still be a click. */
const CLICK_PIXELS = 3;

interface Drag {
  x: number;
  start: number;
  last: number;
  pace: Pace;
  moved: boolean;
  edited: boolean;
  /** Ends the listening for Escape. */
  readonly listening: AbortController;
}

/** Dragging sideways. The field has no focus meanwhile; a click that is no drag gives it the focus. */
function useScrub(
  number: number | null,
  range: NumberRange,
  input: { readonly current: HTMLInputElement | null },
  edit: FieldProps['edit'],
) {
  const drag = useRef<Drag | null>(null);
  useEffect(() => () => drag.current?.listening.abort(), []);

  const end = (abandoned: boolean) => {
    const ended = drag.current;
    drag.current = null;
    ended?.listening.abort();
    if (ended === null || !ended.edited) return;
    edit(abandoned ? { kind: 'abandon' } : { kind: 'set', value: ended.last, goesOn: false });
  };
  const onEscape = (event: globalThis.KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    end(true);
  };

  return {
    onPointerDown: (event: PointerEvent<HTMLDivElement>) => {
      if (event.button !== 0 || document.activeElement === input.current) return;
      // Else the press would give the field the focus before it is known whether this is a drag.
      event.preventDefault();
      event.currentTarget.setPointerCapture(event.pointerId);
      const start = number ?? 0;
      const listening = new AbortController();
      drag.current = { x: event.clientX, start, last: start, pace: 'normal', moved: false, edited: false, listening };
      window.addEventListener('keydown', onEscape, { capture: true, signal: listening.signal });
    },
    onPointerMove: (event: PointerEvent<HTMLDivElement>) => {
      const at = drag.current;
      if (at === null) return;
      if (!at.moved && Math.abs(event.clientX - at.x) < CLICK_PIXELS) return;
      const pace = event.shiftKey ? 'fine' : event.ctrlKey || event.metaKey ? 'coarse' : 'normal';
      // With another pace the way so far stays what it was.
      if (pace !== at.pace) Object.assign(at, { x: event.clientX, start: at.last, pace });
      at.moved = true;
      const value = scrubNumber(at.start, event.clientX - at.x, pace, range);
      if (value === at.last) return;
      at.last = value;
      at.edited = true;
      edit({ kind: 'set', value, goesOn: true });
    },
    onPointerUp: () => {
      const wasClick = drag.current !== null && !drag.current.moved;
      end(false);
      if (!wasClick) return;
      input.current?.focus();
      input.current?.select();
    },
    onPointerCancel: () => end(true),
  };
}
