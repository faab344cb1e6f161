/** Why what was written does not count: one sentence below the field, over whatever is there. */
export function FieldMessage({ id, reason }: { id: string; reason: string | null }) {
  if (reason === null) return null;
  return (
    <div
      id={id}
      role="alert"
      className="absolute top-full right-0 left-0 z-20 mt-0.5 min-w-44 rounded-control border border-failed bg-failed-soft px-1.5 py-1 text-2xs text-fg"
    >
      {reason}
    </div>
  );
}
