import { useCallback, useLayoutEffect, useRef } from 'react';

/**
 * A handler that stays the same function while it does what that of the last render does. React Flow renders every node
 * and wire again for a handler that is new, and asks all of them whether it concerns them.
 */
export function useStable<Args extends unknown[], Result>(
  handler: (...args: Args) => Result,
): (...args: Args) => Result {
  const latest = useRef(handler);
  useLayoutEffect(() => {
    latest.current = handler;
  });
  return useCallback((...args: Args) => latest.current(...args), []);
}
