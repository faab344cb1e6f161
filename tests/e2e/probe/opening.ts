/**
 * How long it takes from the next Enter until a canvas with so many nodes is drawn and nothing goes on any more, in ms.
 * Half a second without a change and without work of more than 50 ms counts as nothing; it is no part of the time.
 */
export function timeOpening(nodes: number): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  let [start, last] = [0, 0];
  const drawn = new MutationObserver(() => {
    // After the frame that shows the change.
    requestAnimationFrame(() => setTimeout(() => note(performance.now())));
  });
  const work = new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) note(startTime + duration);
  });
  const note = (time: number) => {
    last = Math.max(last, time);
  };
  const look = () => {
    const isThere = document.querySelectorAll('.react-flow__node').length === nodes;
    if (!isThere || performance.now() - last < 500) return void setTimeout(look, 50);
    drawn.disconnect();
    work.disconnect();
    resolve(last - start);
  };
  const begin = ({ key }: KeyboardEvent) => {
    if (key !== 'Enter') return;
    removeEventListener('keydown', begin, true);
    start = performance.now();
    note(start);
    drawn.observe(document, { subtree: true, childList: true, attributes: true });
    work.observe({ type: 'longtask' });
    look();
  };
  addEventListener('keydown', begin, true);
  return promise;
}
