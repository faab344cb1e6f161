import { describe, expect, test } from 'vitest';
import { type Look, Watches } from '../../../src/renderer/previews/watches.ts';
import type { PinRef, PinView, PinWatch } from '../../../src/shared/protocol/preview.ts';

describe('watches', () => {
  test('all that begins or ends in one go makes one list', () => {
    const { watches, lists, settle } = watched();
    watches.look(lookAt('read', { maxSide: 100 }));
    const stop = watches.look(lookAt('blur', { maxSide: 0 }));
    settle();
    stop();
    watches.look(lookAt('draw', { maxSide: 0 }));
    settle();

    expect(lists.map((list) => list.map(({ ref }) => ref.node))).toEqual([
      ['read', 'blur'],
      ['read', 'draw'],
    ]);
  });

  test('a pin that is looked at twice is watched once, as large as the larger look', () => {
    const { watches, lists, settle } = watched();
    watches.look(lookAt('read', { maxSide: 100 }));
    watches.look(lookAt('read', { maxSide: 500 }));
    settle();
    expect(lists.at(-1)).toMatchObject([{ graph: 'a', ref: pin('read'), maxSide: 512 }]);
  });

  test('looks that show the same item are watched together, and apart from a look of its own', () => {
    const { watches, lists, settle } = watched();
    watches.look(lookAt('read', { together: 'viewer' }));
    watches.look(lookAt('read', {}));
    settle();
    expect(lists.at(-1)?.map(({ together }) => together)).toEqual(['viewer', undefined]);
  });

  test('pins of the same name in two graphs are two', () => {
    const { watches, lists, settle } = watched();
    watches.look(lookAt('read', { graph: 'a' }));
    watches.look(lookAt('read', { graph: 'b' }));
    settle();
    expect(new Set(lists.at(-1)?.map(({ id }) => id)).size).toBe(2);
  });

  test('a size that grows a little makes no other list', () => {
    const { watches, lists, settle } = watched();
    const stop = watches.look(lookAt('read', { maxSide: 200 }));
    settle();
    stop();
    watches.look(lookAt('read', { maxSide: 210 }));
    settle();
    expect(lists).toHaveLength(1);
  });

  test('a view goes to everybody who looks at the pin, also to those who come later', () => {
    const { watches, lists, settle } = watched();
    const seen: string[] = [];
    watches.look(lookAt('read', { listener: () => seen.push('first') }));
    settle();
    watches.receive({ watch: lists[0][0].id, view: view('read') });
    watches.look(lookAt('read', { listener: () => seen.push('second') }));
    watches.look(lookAt('blur', { listener: () => seen.push('other') }));
    expect(seen).toEqual(['first', 'second']);
  });

  test('what nobody looked at for a while is not shown as if it were new', () => {
    const { watches, lists, settle } = watched();
    const stop = watches.look(lookAt('read', {}));
    settle();
    watches.receive({ watch: lists[0][0].id, view: view('read') });
    stop();
    settle();
    const seen: PinView[] = [];
    watches.look(lookAt('read', { listener: (known) => seen.push(known) }));
    expect(seen).toEqual([]);
  });

  test('a host that has forgotten the list gets it again', () => {
    const { watches, lists, settle } = watched();
    watches.look(lookAt('read', {}));
    settle();
    watches.resend();
    settle();
    expect(lists).toHaveLength(2);
    expect(lists[1]).toEqual(lists[0]);
  });
});

function watched() {
  const lists: (readonly PinWatch[])[] = [];
  const tasks: (() => void)[] = [];
  const watches = new Watches(
    (list) => lists.push(list),
    (task) => tasks.push(task),
  );
  const settle = () => {
    for (const task of tasks.splice(0)) task();
  };
  return { watches, lists, settle };
}

function lookAt(node: string, look: Partial<Look>): Look {
  return { graph: 'a', ref: pin(node), together: null, maxSide: 0, detail: {}, listener: () => {}, ...look };
}

function pin(node: string): PinRef {
  return { node, side: 'output', pin: 'image' };
}

function view(node: string): PinView {
  return { ref: pin(node), state: 'empty', reason: 'Nothing has arrived yet.' };
}
