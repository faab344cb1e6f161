/** What React did since the last count. */
export interface Commits {
  /** Times that React changed the page. */
  readonly commits: number;
  /** Ids of the nodes on the canvas something was rendered of, with the number of commits in which it was. */
  readonly nodes: Readonly<Record<string, number>>;
}

let counted = { commits: 0, nodes: {} as Record<string, number> };

/** What was rendered since the last call. */
export function takeCommits(): Commits {
  const taken = counted;
  counted = { commits: 0, nodes: {} };
  return taken;
}

/**
 * Counts what React renders, in a build as people use it: React tells its developer tools of each commit, and marks the
 * components that it has called for it. To be called before React is loaded.
 */
export function watchCommits(): void {
  const hook = {
    supportsFiber: true,
    renderers: new Map(),
    checkDCE: () => {},
    inject: () => 1,
    onCommitFiberUnmount: () => {},
    onPostCommitFiberRoot: () => {},
    onCommitFiberRoot(_renderer: number, { current }: { readonly current: Fiber }) {
      counted.commits++;
      const nodes = new Set<string>();
      addRendered(current, null, nodes);
      for (const node of nodes) counted.nodes[node] = (counted.nodes[node] ?? 0) + 1;
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
    if (id !== null) nodes.add(id);
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
