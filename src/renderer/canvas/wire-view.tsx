import { EdgeLabelRenderer, type EdgeProps, useReactFlow } from '@xyflow/react';
import { memo, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Point } from '../../shared/graph/document.ts';
import { moveReroute, removeReroute } from '../../shared/graph/edit/reroute.ts';
import { pinHover } from '../previews/hover.ts';
import { pathInView } from '../state/body-in-view.ts';
import { useGraphState, useOpenGraph } from '../state/open-graph-context.tsx';
import { editBody } from './edit-body.ts';
import type { WireElement } from './flow-elements.ts';
import { useWireRate } from './use-wire-rate.ts';
import { type WireDrag, wireDrag } from './wire-drag.ts';
import { middleOf, svgPath, type WireCurve, wireCurve } from './wire-path.ts';

/** A wire: a curve in the colour of its type, with the points that the person set. */
export const WireView = memo(function WireView({
  id,
  source,
  sourceHandleId,
  sourceX,
  sourceY,
  targetX,
  targetY,
  data,
  selected,
}: EdgeProps<WireElement>) {
  const [isHovered, setHovered] = useState(false);
  const isPulled = useStore(wireDrag, ({ drag }: { drag: WireDrag | null }) => drag?.pulled === id);
  const via = data?.via ?? NO_POINTS;
  const curve = useMemo(
    () => wireCurve([sourceX, sourceY], [targetX, targetY], via),
    [sourceX, sourceY, targetX, targetY, via],
  );
  // While its end is dragged elsewhere it is drawn to there.
  if (data === undefined || isPulled) return null;
  const path = svgPath(curve);
  return (
    <>
      {data.kind === 'pins' ? (
        <WireReach path={path} node={source} pin={sourceHandleId ?? ''} onHover={setHovered} />
      ) : (
        <path d={path} className="wire-reach" />
      )}
      <path
        d={path}
        className="wire"
        data-kind={data.kind}
        style={{ stroke: data.isBroken ? 'var(--failed)' : data.colour }}
      />
      {data.kind === 'after' && <AfterMark curve={curve} />}
      {via.map((point, index) => (
        // The points of a wire have no other names than their places.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <ReroutePoint key={index} wire={id} index={index} point={point} colour={data.colour} />
      ))}
      {(selected || isHovered) && data.kind === 'pins' && <WireRate node={source} curve={curve} />}
    </>
  );
});

const NO_POINTS: readonly Point[] = [];

interface WireReachProps {
  readonly path: string;
  readonly node: string;
  readonly pin: string;
  onHover(isHovered: boolean): void;
}

/** The width within which the pointer is on a wire. What is seen there is the value of the output it comes from. */
function WireReach({ path, node, pin, onHover }: WireReachProps) {
  const open = useOpenGraph();
  const place = useGraphState(({ view }) => pathInView(view, node));
  if (place === null) return <path d={path} className="wire-reach" />;
  const ref = { node: place, side: 'output', pin } as const;
  const hover = pinHover(open, ref, { type: '', description: null });
  return (
    <path
      d={path}
      className="wire-reach"
      onPointerEnter={(event) => {
        onHover(true);
        hover.onPointerEnter(event);
      }}
      onPointerLeave={() => {
        onHover(false);
        hover.onPointerLeave();
      }}
      onPointerDown={hover.onPointerDown}
    />
  );
}

/** What goes through a wire while it is looked at: items a second, and the bytes of one. */
function WireRate({ node, curve }: { node: string; curve: WireCurve }) {
  const rate = useWireRate(node);
  if (rate === null) return null;
  const [x, y] = middleOf(curve);
  return (
    <EdgeLabelRenderer>
      <span
        className="pointer-events-none absolute rounded-control border border-line bg-raised px-1.5 font-mono text-2xs text-dim tabular"
        style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
      >
        {rate}
      </span>
    </EdgeLabelRenderer>
  );
}

/** An order without data has a triangle on its way. */
function AfterMark({ curve }: { curve: WireCurve }) {
  const [x, y] = middleOf(curve);
  return <path d={`M${x - 4} ${y - 5}L${x + 5} ${y}L${x - 4} ${y + 5}Z`} className="fill-dim" />;
}

interface ReroutePointProps {
  readonly wire: string;
  readonly index: number;
  readonly point: Point;
  readonly colour: string;
}

/** A point that a wire goes through: dragged, and removed by a double-click. */
function ReroutePoint({ wire, index, point: [x, y], colour }: ReroutePointProps) {
  const open = useOpenGraph();
  const flow = useReactFlow();
  const held = useRef(false);
  return (
    // Points are for the eye: whoever goes by keyboard has no use for them.
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    <circle
      cx={x}
      cy={y}
      r={5}
      className="reroute nodrag nopan"
      style={{ fill: colour }}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        held.current = true;
      }}
      onPointerMove={(event) => {
        if (!held.current) return;
        const place = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
        const to: Point = [place.x, place.y];
        editBody(open, 'Move a point of a wire', (draft) => moveReroute(draft, wire, index, to), {
          merge: `reroute ${wire} ${index}`,
        });
      }}
      onPointerUp={() => {
        held.current = false;
        open.editor.mark();
      }}
      onDoubleClick={(event) => {
        event.stopPropagation();
        editBody(open, 'Remove a point of a wire', (draft) => removeReroute(draft, wire, index));
      }}
    />
  );
}
