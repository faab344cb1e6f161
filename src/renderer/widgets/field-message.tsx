import { type RefObject, useLayoutEffect, useState } from 'react';
import { createPortal } from 'react-dom';

interface FieldMessageProps {
  readonly id: string;
  readonly reason: string | null;
  /** The field that it is about. */
  readonly field: RefObject<HTMLElement | null>;
}

/** Why what was written does not count: one sentence below the field, over all that would cut it off. */
export function FieldMessage({ id, reason, field }: FieldMessageProps) {
  const [place, setPlace] = useState<{ left: number; top: number } | null>(null);
  useLayoutEffect(() => {
    const box = reason === null ? undefined : field.current?.getBoundingClientRect();
    if (box === undefined) return setPlace(null);
    setPlace({ left: Math.min(box.left, window.innerWidth - WIDTH - GAP), top: box.bottom + GAP });
  }, [reason, field]);
  if (reason === null || place === null) return null;
  return createPortal(
    <div
      id={id}
      role="alert"
      className="fixed z-50 rounded-control border border-failed bg-failed-soft px-2 py-1 text-fg text-xs"
      style={{ ...place, maxWidth: WIDTH }}
    >
      {reason}
    </div>,
    document.body,
  );
}

/** CSS pixels */
const WIDTH = 288;
const GAP = 4;
