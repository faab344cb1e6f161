import { describe, expect, test } from 'vitest';
import { Heartbeat } from '../../src/main/engine/heartbeat.ts';

/** What another thread sees. */
function watched(heartbeat: Heartbeat): Heartbeat {
  return new Heartbeat(heartbeat.buffer);
}

describe('the heartbeat, seen from another thread', () => {
  test('names the node that the engine is at work on', () => {
    const heartbeat = new Heartbeat();
    expect(watched(heartbeat).busy).toBeNull();
    heartbeat.enter(7, 3, undefined);
    expect(watched(heartbeat).busy).toEqual({ run: 7, node: 3, overdue: false });
    heartbeat.leave();
    expect(watched(heartbeat).busy).toBeNull();
  });

  test('tells that a node is past its limit, and forgets that with the next node', () => {
    const heartbeat = new Heartbeat();
    heartbeat.enter(1, 0, -1);
    expect(watched(heartbeat).busy).toMatchObject({ overdue: true });
    heartbeat.enter(1, 1, undefined);
    expect(watched(heartbeat).busy).toEqual({ run: 1, node: 1, overdue: false });
    heartbeat.enter(1, 2, 60);
    expect(watched(heartbeat).busy).toEqual({ run: 1, node: 2, overdue: false });
  });

  test('tells which node that awaits should have let go of the thread long ago', () => {
    const heartbeat = new Heartbeat();
    const later = heartbeat.wait(1, 5, 60);
    const long = heartbeat.wait(2, 6, -10);
    expect(watched(heartbeat).busy).toEqual({ run: 2, node: 6, overdue: true });
    heartbeat.lift(long);
    expect(watched(heartbeat).busy).toBeNull();
    heartbeat.lift(later);
    expect(watched(heartbeat).busy).toBeNull();
  });
});
