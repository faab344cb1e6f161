import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RunRelay } from '../../src/main/window/run-relay.ts';
import type { RunEvent } from '../../src/shared/protocol/run-events.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const running = (node: string): RunEvent => ({ event: 'node.running', node });

test('however much happens in however many runs, a window gets at most 60 messages a second, and every event in order', () => {
  const sent: { ticket: string; nodes: string[] }[] = [];
  const relay = new RunRelay((ticket, events) =>
    sent.push({ ticket, nodes: events.map((event) => ('node' in event ? event.node : '')) }),
  );
  const expected = new Map<string, string[]>();
  for (let ms = 0; ms < 1000; ms++) {
    for (const ticket of ['a', 'b', 'c']) {
      relay.add(ticket, [running(`${ms}`)]);
      expected.set(ticket, [...(expected.get(ticket) ?? []), `${ms}`]);
    }
    vi.advanceTimersByTime(1);
  }
  expect(sent.length).toBeLessThanOrEqual(60);
  vi.advanceTimersByTime(100);
  for (const [ticket, nodes] of expected) {
    expect(sent.filter((message) => message.ticket === ticket).flatMap((message) => message.nodes)).toEqual(nodes);
  }
});

test('a single event is sent at once', () => {
  const send = vi.fn();
  new RunRelay(send).add('a', [running('n')]);
  vi.advanceTimersByTime(2);
  expect(send).toHaveBeenCalledExactlyOnceWith('a', [running('n')]);
});

test('whoever waits for the events of a run is told when they have been sent', async () => {
  const send = vi.fn();
  const relay = new RunRelay(send);
  relay.add('a', [running('first')]);
  vi.advanceTimersByTime(2);
  relay.add('a', [running('last')]);
  const sent = relay.sent('a').then(() => send.mock.calls.length);
  await vi.advanceTimersByTimeAsync(100);
  expect(await sent).toBe(2);
  await relay.sent('a');
});
