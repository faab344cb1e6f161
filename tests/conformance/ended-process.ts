/** A process that does what WEFT_TEST_DEED says; for the conformance suite of spawners. */
import { getPriority } from 'node:os';

const deeds: Record<string, () => unknown> = {
  abort: () => process.abort(),
  exit: () => process.exit(3),
  throw: () => {
    throw new Error('the deed was to throw');
  },
  // The same process again, with a heap that is full sooner.
  fillHeap: () =>
    process.execve?.(process.execPath, [process.execPath, '--max-old-space-size=32', import.meta.filename], {
      WEFT_TEST_DEED: 'fillSmallHeap',
    }),
  fillSmallHeap: () => {
    const kept: unknown[] = [];
    for (;;) kept.push(new Array(1e5).fill(kept.length));
  },
  spin: () => {
    for (;;);
  },
  wait: () => setInterval(() => {}, 1000),
  tellEnvironment: () => {
    console.error(JSON.stringify(process.env));
    process.exit(0);
  },
  // The priority is lowered from outside, after the start.
  tellPriority: () => setInterval(() => getPriority() > 0 && tell(`priority ${getPriority()}`), 5),
};

function tell(text: string): void {
  console.error(text);
  process.exit(0);
}

deeds[process.env.WEFT_TEST_DEED ?? '']();
