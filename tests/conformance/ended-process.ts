/** A process that does what WEFT_TEST_DEED says; for the conformance suite of spawners. */
import { getPriority } from 'node:os';
import { setFlagsFromString } from 'node:v8';

const deeds: Record<string, () => unknown> = {
  abort: () => process.abort(),
  exit: () => process.exit(3),
  throw: () => {
    throw new Error('the deed was to throw');
  },
  fillHeap: () => {
    setFlagsFromString('--max-heap-size=64');
    const kept: unknown[] = [];
    for (;;) kept.push(new Array(1e6).fill(kept.length));
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
