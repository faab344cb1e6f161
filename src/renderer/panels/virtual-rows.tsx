import { type ReactNode, type UIEvent, useEffect, useRef, useState } from 'react';

interface VirtualRowsProps {
  readonly count: number;
  readonly label: string;
  /** Stays at the end while rows are added, until the person scrolls up. */
  readonly follows?: boolean;
  row(index: number): ReactNode;
}

const ROW_HEIGHT = 24;

/** A list of any length: only the rows in view are there. */
export function VirtualRows({ count, label, follows = false, row }: VirtualRowsProps) {
  const list = useRef<HTMLUListElement>(null);
  const isAtEnd = useRef(true);
  const [view, setView] = useState({ top: 0, height: 400 });

  useEffect(() => {
    const element = list.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setView({ top: element.scrollTop, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    const element = list.current;
    if (follows && isAtEnd.current && element !== null && count > 0) element.scrollTop = element.scrollHeight;
  }, [count, follows]);

  const onScroll = ({ currentTarget: { scrollTop, clientHeight, scrollHeight } }: UIEvent<HTMLUListElement>) => {
    isAtEnd.current = scrollTop + clientHeight >= scrollHeight - ROW_HEIGHT;
    setView({ top: scrollTop, height: clientHeight });
  };
  const first = Math.max(0, Math.floor(view.top / ROW_HEIGHT) - MARGIN);
  const last = Math.min(count, Math.ceil((view.top + view.height) / ROW_HEIGHT) + MARGIN);
  return (
    <ul
      ref={list}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reached by keyboard.
      tabIndex={0}
      onScroll={onScroll}
      className="relative min-h-0 flex-1 overflow-auto"
    >
      {Array.from({ length: Math.max(0, last - first) }, (_, place) => first + place).map((index) => (
        <li
          key={index}
          aria-setsize={count}
          aria-posinset={index + 1}
          className="absolute inset-x-0"
          style={{ top: index * ROW_HEIGHT, height: ROW_HEIGHT }}
        >
          {row(index)}
        </li>
      ))}
      <li aria-hidden style={{ height: count * ROW_HEIGHT }} />
    </ul>
  );
}

/** Rows kept ready above and below. */
const MARGIN = 6;
