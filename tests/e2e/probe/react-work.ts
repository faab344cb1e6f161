/**
 * What React renders, in a build as people use it: React tells a hook of each commit, which browser extensions install,
 * and marks the components that it has called since. To be there before React is loaded.
 */
export interface ReactWork {
  /** Ids of the nodes of the canvas something was rendered in, once for each commit. */
  readonly nodes: string[];
  readonly commits: number;
  /** Components that were called outside of nodes. */
  readonly elsewhere: number;
}

let work = { nodes: [] as string[], commits: 0, elsewhere: 0 };

/** What was rendered since the last time that this was asked. */
export function takeReactWork(): ReactWork {
  const taken = work;
  work = { nodes: [], commits: 0, elsewhere: 0 };
  return taken;
}

export function watchReact(): void {
  const hook = {
    supportsFiber: true,
    renderers: new Map(),
    checkDCE: () => {},
    inject: () => 1,
    onCommitFiberUnmount: () => {},
    onPostCommitFiberRoot: () => {},
    onCommitFiberRoot(_renderer: number, { current }: { readonly current: Fiber }) {
      work.commits++;
      const nodes = new Set<string>();
      addRendered(current, null, nodes);
      work.nodes.push(...nodes);
    },
  };
  Object.assign(globalThis, { __REACT_DEVTOOLS_GLOBAL_HOOK__: hook });
}

/** The part of React's own record of an element that tells whether its component was called (React 19). */
interface Fiber {
  readonly tag: number;
  readonly flags: number;
  readonly child: Fiber | null;
  readonly sibling: Fiber | null;
  /** As it was before the commit; null when it is new. */
  readonly alternate: Fiber | null;
  readonly memoizedProps: { readonly className?: string; readonly 'data-id'?: string } | null;
}

const HOST_COMPONENT = 5;
const FUNCTION_COMPONENTS: ReadonlySet<number> = new Set([0, 11, 14, 15]);
const PERFORMED_WORK = 1;

function addRendered(fiber: Fiber, within: string | null, nodes: Set<string>): void {
  const node = nodeOf(fiber) ?? within;
  if (FUNCTION_COMPONENTS.has(fiber.tag) && (fiber.flags & PERFORMED_WORK) !== 0) {
    const id = node ?? nodeOf(outermostHost(fiber));
    if (id === null) work.elsewhere++;
    else nodes.add(id);
  }
  // Where nothing below was called, the children are the very ones of before.
  if (fiber.alternate !== null && fiber.alternate.child === fiber.child) return;
  for (let child = fiber.child; child !== null; child = child.sibling) addRendered(child, node, nodes);
}

/** React Flow puts each node into an element of its own, which it renders itself. */
function outermostHost(fiber: Fiber): Fiber | null {
  let host: Fiber | null = fiber;
  while (host !== null && host.tag !== HOST_COMPONENT) host = host.child;
  return host;
}

function nodeOf(fiber: Fiber | null): string | null {
  if (fiber?.tag !== HOST_COMPONENT || !fiber.memoizedProps?.className?.includes('react-flow__node ')) return null;
  return fiber.memoizedProps['data-id'] ?? null;
}
