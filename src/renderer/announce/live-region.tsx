import { useStore } from 'zustand';
import { announcements } from './announce.ts';

export function LiveRegion() {
  const { sentence, count } = useStore(announcements);
  return (
    <div role="status" aria-live="polite" aria-label="What happened" className="sr-only">
      {/* A new element each time: the same sentence twice is read twice. */}
      <span key={count}>{sentence}</span>
    </div>
  );
}
