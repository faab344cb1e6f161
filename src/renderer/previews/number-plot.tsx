import { type PointerEvent, useRef, useState } from 'react';
import type { NumberSeries } from '../../shared/protocol/preview.ts';
import { formatSample } from './format-value.ts';
import type { Size } from './picture-frame.ts';
import { type Plot, plotOf } from './plot.ts';
import { useElementSize } from './use-element-size.ts';

/** The last numbers of a stream over their items; fills its element. The value under the pointer is told. */
export function NumberPlot({ series, label }: { series: NumberSeries; label: string }) {
  const box = useRef<HTMLDivElement>(null);
  const size = useElementSize(box);
  return (
    <div ref={box} className="relative size-full min-h-0">
      {size !== null && <Drawn series={series} label={label} size={size} />}
    </div>
  );
}

function Drawn({ series, label, size }: { series: NumberSeries; label: string; size: Size }) {
  const plot = plotOf(series, size);
  const [pointed, setPointed] = useState<number | null>(null);
  const at = pointed === null ? null : plot.nearest(pointed);
  const onPointerMove = ({ currentTarget, clientX }: PointerEvent<SVGSVGElement>) => {
    // On a zoomed canvas the pixels of the screen are not those of the plot.
    const { left, width } = currentTarget.getBoundingClientRect();
    setPointed(((clientX - left) / width) * size.width);
  };
  return (
    <>
      <svg
        role="img"
        aria-label={`${label}: ${describe(plot)}`}
        width={size.width}
        height={size.height}
        className="block text-dim"
        onPointerMove={onPointerMove}
        onPointerLeave={() => setPointed(null)}
      >
        {plot.ticks.map(({ y, text }) => (
          <g key={text}>
            <line x1={plot.left} x2={plot.right} y1={y} y2={y} className="stroke-line" />
            <text x={plot.left - 4} y={y} className={`${NUMBERS} [dominant-baseline:middle] [text-anchor:end]`}>
              {text}
            </text>
          </g>
        ))}
        <text x={plot.left} y={size.height - 3} className={NUMBERS}>
          {plot.firstItem}
        </text>
        <text x={plot.right} y={size.height - 3} className={`${NUMBERS} [text-anchor:end]`}>
          {plot.lastItem}
        </text>
        <path d={plot.path} fill="none" strokeWidth={1.5} strokeLinejoin="round" className="stroke-accent" />
        {plot.dots.map(({ x, y }) => (
          <circle key={x} cx={x} cy={y} r={2} className="fill-accent" />
        ))}
        {at !== null && (
          <>
            <line x1={at.x} x2={at.x} y1={plot.top} y2={plot.bottom} className="stroke-line-strong" />
            {at.y !== null && <circle cx={at.x} cy={at.y} r={3} className="fill-accent" />}
          </>
        )}
      </svg>
      {at !== null && (
        <p
          className="tabular pointer-events-none absolute top-0 rounded-control bg-raised px-1 font-mono text-2xs"
          style={{ left: plot.left + 4 }}
        >
          <span className="text-dim">item {at.item} </span>
          {formatSample(at.value)}
        </p>
      )}
    </>
  );
}

const NUMBERS = 'tabular fill-current font-mono text-2xs';

function describe({ firstItem, lastItem, least, greatest }: Plot): string {
  const range = least === null ? 'nothing finite' : `from ${formatSample(least)} to ${formatSample(greatest ?? least)}`;
  return `items ${firstItem} to ${lastItem}, ${range}`;
}
