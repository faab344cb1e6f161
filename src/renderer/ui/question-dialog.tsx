import { Dialog as Radix } from 'radix-ui';
import type { Question } from '../state/dialog.ts';
import { Button } from './button.tsx';
import { useReturnFocus } from './return-focus.ts';

/** Asks; the main choice, which comes first, stands at the right and has the focus. Escape is no choice. */
export function QuestionDialog({ question, onAnswer }: { question: Question; onAnswer(choice: string | null): void }) {
  const { title, text, details = [], choices } = question;
  const returnFocus = useReturnFocus();
  return (
    <Radix.Root open onOpenChange={(open) => !open && onAnswer(null)}>
      <Radix.Portal>
        <div className="fixed inset-0 z-50 bg-shade" />
        <Radix.Content
          role="alertdialog"
          aria-modal
          onCloseAutoFocus={returnFocus}
          className="fixed top-1/3 left-1/2 z-50 flex w-[min(440px,92vw)] -translate-x-1/2 -translate-y-1/3 flex-col gap-2 rounded-node border border-line bg-raised p-4 text-fg shadow-raised outline-none"
        >
          <Radix.Title className="font-semibold text-sm">{title}</Radix.Title>
          <Radix.Description className="text-dim">{text}</Radix.Description>
          {details.length > 0 && (
            <ul data-selectable className="max-h-48 overflow-y-auto rounded-control bg-inset p-2 text-dim">
              {details.map((detail) => (
                <li key={detail} className="break-words py-0.5">
                  {detail}
                </li>
              ))}
            </ul>
          )}
          <div className="mt-2 flex justify-end gap-2">
            {[...choices].reverse().map(({ id, label, tone }) => (
              <Button key={id} tone={tone} autoFocus={tone === 'main'} onClick={() => onAnswer(id)}>
                {label}
              </Button>
            ))}
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
