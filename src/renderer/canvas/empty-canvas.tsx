/** What an empty canvas says. */
export function EmptyCanvas() {
  return (
    <div className="pointer-events-none absolute inset-0 flex flex-col items-center justify-center gap-1 text-center text-dim">
      <p className="text-fg text-sm">This graph is empty</p>
      <p>Double-click here or press Shift+A to add a node, or drag one from the palette.</p>
      <p>Drop a picture, a model or a folder to begin with it.</p>
    </div>
  );
}
