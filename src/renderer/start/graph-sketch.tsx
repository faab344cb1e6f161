import type { Graph } from '../../shared/graph/document.ts';
import { categoryLook } from '../canvas/category-look.ts';
import { BOX_WIDTH, type SketchLine, sketchOf } from './sketch.ts';

/** What a graph looks like from afar: its nodes in the hues of their categories. */
export function GraphSketch({ graph }: { graph: Graph }) {
  const sketch = sketchOf(graph);
  if (sketch === null) return null;
  const { boxes, lines, left, top, width, height } = sketch;
  return (
    <svg
      aria-hidden="true"
      viewBox={`${left - MARGIN} ${top - MARGIN} ${width + 2 * MARGIN} ${height + 2 * MARGIN}`}
      preserveAspectRatio="xMidYMid meet"
      className="mb-1 h-16 w-full shrink-0"
    >
      <g fill="none" className="stroke-line-strong" strokeWidth="12">
        {lines.map((line) => (
          <path key={line.key} d={curve(line)} />
        ))}
      </g>
      {boxes.map(({ id, category, x, y, height }) => (
        <rect
          key={id}
          x={x}
          y={y}
          width={BOX_WIDTH}
          height={height}
          rx={ROUNDING}
          style={{ fill: categoryLook(category).colour }}
        />
      ))}
    </svg>
  );
}

/** In canvas units. */
const MARGIN = 20;
const ROUNDING = 20;

function curve({ from: [x1, y1], to: [x2, y2] }: SketchLine): string {
  const bend = Math.max(60, Math.abs(x2 - x1) / 2);
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}
