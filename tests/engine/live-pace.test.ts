import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LivePace } from '../../src/main/engine/live-pace.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** What one item after the other meets in a graph with one slow stage. */
interface Machine {
  /** From asking for an item until it has come, ms. */
  readonly way: number;
  readonly before: number;
  readonly slow: number;
  readonly behind: number;
}

interface Passage {
  /** Time that the item waited in front of the slow stage, and that the stage waited for it, ms. */
  readonly waited: number;
  readonly idle: number;
}

/** Items that are asked for when the pace says so, or when the one before has left. `slow` of each item may differ. */
function pass(items: number, { way, before, slow, behind }: Machine, slowOf = (_: number) => slow): Passage[] {
  const pace = new LivePace();
  const passages: Passage[] = [];
  let free = 0;
  for (let item = 0; item < items; item++) {
    vi.advanceTimersByTime(way);
    pace.came(way);
    const entered = performance.now();
    pace.entered();
    const begins = Math.max(entered + before, free);
    passages.push({ waited: begins - entered - before, idle: item === 0 ? 0 : begins - free });
    // The item before, if it is still inside, leaves behind the slow stage.
    if (item > 0 && free + behind > entered) {
      vi.advanceTimersByTime(free + behind - entered);
      pace.left();
    }
    free = begins + slowOf(item);
    const alone = free + behind - performance.now();
    const hold = Math.min(pace.holdBack, alone);
    vi.advanceTimersByTime(hold);
    if (hold === alone) pace.left();
  }
  return passages.slice(10);
}

const mean = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

test.each<Machine>([
  { way: 9, before: 7, slow: 100, behind: 1 },
  { way: 0, before: 5, slow: 60, behind: 2 },
  { way: 15, before: 8, slow: 250, behind: 4 },
])('an item comes when the slow stage is about to be free: %o', (machine) => {
  const passages = pass(40, machine);
  expect(Math.max(...passages.map(({ waited }) => waited))).toBeLessThan(12);
  expect(mean(passages.map(({ idle }) => idle))).toBeLessThan(machine.slow * 0.05);
});

test('one item that takes long makes neither the next ones late nor later ones old', () => {
  const machine = { way: 9, before: 7, slow: 100, behind: 1 };
  const passages = pass(60, machine, (item) => (item % 20 === 15 ? 250 : 100));
  expect(Math.max(...passages.filter((_, i) => i % 20 > 8).map(({ waited }) => waited))).toBeLessThan(12);
  expect(mean(passages.map(({ idle }) => idle))).toBeLessThan(5);
});
