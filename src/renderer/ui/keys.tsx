/** A key combination as people read it, one box a key. */
export function Keys({ keys }: { keys: string }) {
  return (
    <kbd className="inline-flex shrink-0 gap-0.5 font-sans text-2xs text-dim">
      {splitKeys(keys).map((key) => (
        <span key={key} className="rounded-[3px] border border-line bg-inset px-1 leading-[14px]">
          {key}
        </span>
      ))}
    </kbd>
  );
}

/** `Ctrl++` is Ctrl and Plus. */
function splitKeys(keys: string): string[] {
  return keys.split(/(?<=.)\+(?=.)/);
}
