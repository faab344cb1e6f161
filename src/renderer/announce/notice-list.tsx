import { CircleAlert, CircleCheck, TriangleAlert, X } from 'lucide-react';
import { useStore } from 'zustand';
import { Button, IconButton } from '../ui/button.tsx';
import { dismissNotice, type Notice, notices } from './notices.ts';

export function NoticeList() {
  const shown = useStore(notices, (state) => state.shown);
  return (
    <section aria-label="Notices" className="pointer-events-none fixed right-4 bottom-9 z-50 flex w-96 flex-col gap-2">
      {shown.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
    </section>
  );
}

function NoticeCard({ notice: { id, tone, sentence, offer } }: { notice: Notice }) {
  const Icon = { done: CircleCheck, attention: TriangleAlert, failed: CircleAlert }[tone];
  return (
    <div className="pointer-events-auto flex items-start gap-2 rounded-node border border-line bg-raised p-2 shadow-raised">
      <Icon aria-hidden className={`m-1 size-4 shrink-0 ${HUES[tone]}`} />
      <div className="min-w-0 flex-1 py-1">
        <p data-selectable className="break-words">
          {sentence}
        </p>
        {offer && (
          <Button
            className="mt-2"
            onClick={() => {
              dismissNotice(id);
              offer.perform();
            }}
          >
            {offer.label}
          </Button>
        )}
      </div>
      <IconButton icon={X} label="Dismiss" onClick={() => dismissNotice(id)} />
    </div>
  );
}

const HUES = { done: 'text-done', attention: 'text-attention', failed: 'text-failed' };
