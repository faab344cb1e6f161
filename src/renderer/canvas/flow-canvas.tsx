import { type OnMove, ReactFlow, SelectionMode, useStore } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import './canvas.css';
import { type MouseEvent, useCallback, useMemo, useRef } from 'react';
import type { DraggedPin } from '../../shared/graph/edit/add-wired-node.ts';
import { lookIntoNode } from '../models/look-into-node.ts';
import type { GraphState, OpenGraph } from '../state/graph-store.ts';
import { useGraphState, useOpenGraph } from '../state/open-graph-context.tsx';
import { addPointAt } from './add-point.ts';
import { CutLine } from './cut-line.tsx';
import { EmptyCanvas } from './empty-canvas.tsx';
import { FarWires } from './far-wires.tsx';
import type { BoxElement, WireElement } from './flow-elements.ts';
import { FrameView } from './frame-view.tsx';
import { Grid } from './grid.tsx';
import { LevelContext } from './level-context.ts';
import { isFar, levelOfDetail } from './level-of-detail.ts';
import { Minimap } from './minimap.tsx';
import { NodeView } from './node-view.tsx';
import { NoteView } from './note-view.tsx';
import { openNode } from './open-node.ts';
import { wireCurves } from './pin-point.ts';
import { GRID, type Stage, stage, useStage } from './stage.ts';
import { useCanvasKeys } from './use-canvas-keys.ts';
import { useDrop } from './use-drop.ts';
import { useElements } from './use-elements.ts';
import { useMove } from './use-move.ts';
import { useNearBoxes } from './use-near-boxes.ts';
import { useSelect } from './use-select.ts';
import { useStable } from './use-stable.ts';
import { useStageFlow } from './use-stage-flow.ts';
import { useWheelZoom } from './use-wheel-zoom.ts';
import { useWireDrag } from './use-wire-drag.ts';
import { WireBeingDrawn } from './wire-being-drawn.tsx';
import { nearestWire } from './wire-under.ts';
import { WireView } from './wire-view.tsx';

const NODE_TYPES = { node: NodeView, frame: FrameView, note: NoteView };
const EDGE_TYPES = { wire: WireView };
const NO_WIRES: [] = [];
const MIDDLE_BUTTON = [1];
const SNAP_GRID: [number, number] = [GRID, GRID];

/** React Flow with what the open graph holds; every gesture ends in one edit of the document. */
export function FlowCanvas() {
  const open = useOpenGraph();
  const levelThere = useStore(levelOf);
  const snaps = useStage(snapsOf);
  const hasMinimap = useStage(hasMinimapOf);
  const isRunning = useGraphState(isRunningOf);
  const wrapper = useRef<HTMLDivElement>(null);

  // Gestures ask for what is on the canvas when they end, which is after this render.
  const latest = useRef<ReturnType<typeof useElements> | null>(null);
  const sizes = useCallback((id: string): [number, number] => {
    const layout = latest.current?.shown.get(id)?.layout;
    return layout === undefined ? [0, 0] : [layout.width, layout.height];
  }, []);
  const wireUnder = useCallback((id: string) => {
    const elements = latest.current;
    return elements === null ? null : nearestWire(elements, id);
  }, []);
  const pinsOf = useCallback((id: string): readonly DraggedPin[] => {
    const shown = latest.current?.shown.get(id);
    if (shown === undefined) return [];
    // A free pin is taken before one that would lose its wire.
    const pins = [...shown.inputs, ...shown.outputs].toSorted((a, b) => Number(a.isConnected) - Number(b.isConnected));
    return pins.map(({ name, side }) => ({ node: id, pin: name, kind: side }));
  }, []);

  const move = useMove({ wireUnder, sizes });
  const elements = useElements(move.moving);
  latest.current = elements;
  const { boxes, wires, shown } = elements;
  const wireDrag = useWireDrag(pinsOf);
  const drop = useDrop();
  useWheelZoom(wrapper);
  // Until the view is where it belongs, nothing is drawn that would be thrown away: boxes, and no wires.
  const level = useStageFlow(sizes) ? levelThere : 'box';
  const keys = useCanvasKeys();
  const curves = useCallback(() => wireCurves(latest.current?.boxes ?? [], latest.current?.wires ?? []), []);
  const typeOf = useMemo(() => {
    const types = new Map(boxes.map(({ id, type }) => [id, type]));
    return (id: string) => types.get(id);
  }, [boxes]);
  const select = useSelect(typeOf);
  const onNodeDoubleClick = useStable((event: MouseEvent, box: BoxElement) => editOrOpen(open, event, box));
  const onEdgeDoubleClick = useStable((event: MouseEvent, wire: WireElement) =>
    addPointAt(open, wire, curves().get(wire.id), event),
  );
  const onMoveStart = useStable<Parameters<OnMove>, void>((event) => {
    if (event !== null) wrapper.current?.setAttribute('data-panning', '');
  });
  const onMoveEnd = useStable(() => wrapper.current?.removeAttribute('data-panning'));
  const far = isFar(level);
  const nearBoxes = useNearBoxes(boxes, far);

  return (
    <LevelContext value={level}>
      {/* Keys and double-clicks come here from whatever on the canvas they were meant for. */}
      <div
        ref={wrapper}
        // An application: arrows are its own, and go from node to node.
        role="application"
        aria-label="Graph"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
        tabIndex={0}
        className="h-full outline-none focus-visible:outline-2 focus-visible:outline-accent"
        data-canvas
        data-level={level}
        data-running={isRunning || undefined}
        onDoubleClick={searchAt}
        onPointerDownCapture={select.onPointerDownCapture}
        {...keys}
        {...drop}
      >
        <CutLine curves={curves}>
          <ReactFlow
            nodes={nearBoxes}
            edges={far ? NO_WIRES : wires}
            nodeTypes={NODE_TYPES}
            edgeTypes={EDGE_TYPES}
            onNodesChange={select.onNodesChange}
            onEdgesChange={select.onEdgesChange}
            onNodeClick={select.onNodeClick}
            onNodeDragStart={move.onNodeDragStart}
            onNodeDrag={move.onNodeDrag}
            onNodeDragStop={move.onNodeDragStop}
            onNodeDoubleClick={onNodeDoubleClick}
            onEdgeDoubleClick={onEdgeDoubleClick}
            onPaneClick={() => wrapper.current?.focus({ preventScroll: true })}
            connectionLineComponent={WireBeingDrawn}
            connectionRadius={22}
            connectOnClick={false}
            {...wireDrag}
            minZoom={0.1}
            maxZoom={4}
            snapToGrid={snaps}
            snapGrid={SNAP_GRID}
            onlyRenderVisibleElements
            elevateNodesOnSelect={false}
            selectionOnDrag
            selectionMode={SelectionMode.Partial}
            panOnDrag={MIDDLE_BUTTON}
            panOnScroll
            onMoveStart={onMoveStart}
            onMoveEnd={onMoveEnd}
            zoomOnDoubleClick={false}
            deleteKeyCode={null}
            multiSelectionKeyCode={MULTI_SELECTION_KEYS}
            // Shift is there to select more; a box needs no key.
            selectionKeyCode={null}
            selectNodesOnDrag
            nodeDragThreshold={0}
            disableKeyboardA11y
            edgesFocusable={!far}
            zIndexMode="manual"
            proOptions={PRO_OPTIONS}
          >
            <Grid />
            {far && <FarWires boxes={boxes} wires={wires} />}
            {hasMinimap && <Minimap boxes={boxes} />}
          </ReactFlow>
        </CutLine>
        <WireEndMarker />
        {shown.size === 0 && <EmptyCanvas />}
      </div>
    </LevelContext>
  );
}

const MULTI_SELECTION_KEYS = ['Shift', 'Meta', 'Control'];
/** React Flow's licence asks for its name where it is not paid for; it stands in the about dialog. */
const PRO_OPTIONS = { hideAttribution: true };

/** The light at both ends of a wire that is looked at, in the colour of the wire. */
function WireEndMarker() {
  return (
    <svg aria-hidden className="absolute size-0">
      <marker id="wire-end" viewBox="-8 -8 16 16" markerUnits="userSpaceOnUse" markerWidth={24} markerHeight={24}>
        <circle r={5.5} fill="none" stroke="context-stroke" strokeWidth={1.5} />
      </marker>
    </svg>
  );
}

/** A double-click on nothing asks for a node to put there. */
function searchAt({ target, clientX: x, clientY: y }: MouseEvent): void {
  const place = stage.getState().flow?.screenToFlowPosition({ x, y });
  if (place === undefined || !(target instanceof Element) || !target.classList.contains('react-flow__pane')) return;
  stage.setState({ insertion: { at: [Math.round(place.x), Math.round(place.y)], screen: [x, y], pin: null } });
}

/** A graph used as a node opens, and a model that a node loads; of all else the text is edited that was meant. */
function editOrOpen(open: OpenGraph, { target }: MouseEvent, { id, type }: BoxElement): void {
  if (type === 'node' && openNode(open, id)) return;
  const isOnText = target instanceof Element && target.closest('[data-title]') !== null;
  if (type !== 'node' || isOnText) stage.setState({ renaming: id });
  else lookIntoNode(open, id);
}

const levelOf = ({ transform }: { transform: [number, number, number] }) => levelOfDetail(transform[2]);
const isRunningOf = ({ run }: GraphState) => run.phase === 'running';
const snapsOf = (state: Stage) => state.snaps;
const hasMinimapOf = (state: Stage) => state.hasMinimap;
