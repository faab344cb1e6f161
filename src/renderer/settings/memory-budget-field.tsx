import { useState } from 'react';
import { TextInput } from '../ui/text-input.tsx';
import { changeSettings } from './change-settings.ts';

/** MiB; empty leaves it to Weft. What is no budget is not taken over, and says why. */
export function MemoryBudgetField({ budget }: { budget: number | null }) {
  const [text, setText] = useState(budget === null ? '' : String(budget));
  const parsed = parseBudget(text);
  return (
    <>
      <TextInput
        aria-label="Memory budget in MiB"
        aria-invalid={parsed === undefined}
        aria-describedby={parsed === undefined ? 'memory-budget-fault' : undefined}
        inputMode="numeric"
        placeholder="Half of the memory"
        value={text}
        onChange={({ target }) => setText(target.value)}
        onBlur={() => parsed !== undefined && parsed !== budget && changeSettings({ memoryBudget: parsed })}
        onKeyDown={({ key, currentTarget }) => key === 'Enter' && currentTarget.blur()}
        className="w-40 tabular"
      />
      {parsed === undefined && (
        <p id="memory-budget-fault" className="text-failed">
          Give a whole number of MiB from {LEAST}, or nothing for half of the memory.
        </p>
      )}
    </>
  );
}

/** MiB */
const LEAST = 16;
const MOST = 2 ** 24;

function parseBudget(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  const budget = Number(text);
  return Number.isInteger(budget) && budget >= LEAST && budget <= MOST ? budget : undefined;
}
