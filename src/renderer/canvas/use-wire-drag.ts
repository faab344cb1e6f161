import type { Connection, IsValidConnection, OnConnect, OnConnectEnd, OnConnectStart } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import type { Point } from '../../shared/graph/document.ts';
import type { DraggedPin } from '../../shared/graph/edit/add-wired-node.ts';
import { connect } from '../../shared/graph/edit/connect.ts';
import { disconnect } from '../../shared/graph/edit/disconnect.ts';
import { keyOf } from '../../shared/graph/edit/element-key.ts';
import { moveWireEnd } from '../../shared/graph/edit/move-wire-end.ts';
import { endOf, type PinEnd, textOfEnd } from '../../shared/graph/edit/pin-end.ts';
import { notify } from '../announce/notices.ts';
import { bodyInView } from '../state/body-in-view.ts';
import { useOpenGraph } from '../state/open-graph-context.tsx';
import { beginWire } from './begin-wire.ts';
import { editBody } from './edit-body.ts';
import type { WireElement } from './flow-elements.ts';
import { installedTypes } from './installed-types.ts';
import { stage } from './stage.ts';
import { useStable } from './use-stable.ts';
import { verdictOf, type WireDrag, wireDrag } from './wire-drag.ts';

/**
 * Draws wires by mouse. While one is dragged, every pin says whether it takes it; dropped on a node it goes to the
 * first pin that does, dropped on nothing it asks for the node to go to. From an input that has a wire, the end of that
 * wire is taken along; dropped on nothing, the wire is gone.
 */
export function useWireDrag(pinsOf: (node: string) => readonly DraggedPin[]) {
  const open = useOpenGraph();
  const isGivenUp = useRef(false);

  useEffect(() => {
    const giveUp = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || wireDrag.getState().drag === null || stage.getState().keyboardWire !== null) return;
      event.preventDefault();
      isGivenUp.current = true;
      wireDrag.setState({ drag: null });
    };
    window.addEventListener('keydown', giveUp, true);
    return () => window.removeEventListener('keydown', giveUp, true);
  }, []);

  const onConnectStart = useStable<Parameters<OnConnectStart>, void>((_, { nodeId, handleId, handleType }) => {
    if (nodeId === null || handleId === null) return;
    isGivenUp.current = false;
    const end = { node: nodeId, pin: handleId };
    if (handleType === 'source') beginWire(open, { ...end, kind: 'output' });
    else if (!pull(end)) beginWire(open, { ...end, kind: 'input' });
  });
  const isValidConnection = useStable<Parameters<IsValidConnection<WireElement>>, boolean>((connection) => {
    const { drag } = wireDrag.getState();
    const ends = endsOf(connection);
    // React Flow holds the input that the wire was pulled off for where it begins; `onConnectEnd` knows better.
    if (drag === null || drag.pulled !== null || ends === null) return false;
    const to = drag.from.kind === 'output' ? ends.to : ends.from;
    return verdictOf(drag, to.node, drag.from.kind === 'output' ? 'input' : 'output', to.pin).state === 'accepts';
  });
  const onConnect = useStable<Parameters<OnConnect>, void>((connection) => {
    const ends = endsOf(connection);
    if (ends !== null && !isGivenUp.current) draw(ends.from, ends.to);
  });
  const onConnectEnd = useStable<Parameters<OnConnectEnd>, void>((event, { isValid, toHandle, toNode }) => {
    const { drag } = wireDrag.getState();
    wireDrag.setState({ drag: null });
    if (drag === null || isValid) return;
    const { clientX: x, clientY: y } = 'changedTouches' in event ? event.changedTouches[0] : event;
    if (toHandle?.id == null) return dropAt([x, y], drag, toNode?.id ?? nodeAt(x, y));
    const target: DraggedPin = {
      node: toHandle.nodeId,
      pin: toHandle.id,
      kind: toHandle.type === 'source' ? 'output' : 'input',
    };
    if (drag.pulled === null || !land(drag, target)) tellRefusal(drag, target);
  });

  function pull(input: PinEnd): boolean {
    const { graph, view } = open.store.getState();
    const wire = bodyInView(graph, view).wires?.find(({ to }) => to === textOfEnd(input));
    const from = wire && endOf(wire.from);
    if (wire === undefined || from === undefined) return false;
    beginWire(open, { ...from, kind: 'output' }, keyOf(wire));
    return true;
  }
  /** False where the pin does not take the wire. */
  function land(drag: WireDrag, target: DraggedPin): boolean {
    const { from, pulled } = drag;
    if (verdictOf(drag, target.node, target.kind, target.pin).state !== 'accepts') return false;
    if (pulled !== null) {
      const label = `Move a wire to ${target.node}`;
      editBody(open, label, (draft) => moveWireEnd(draft, installedTypes, pulled, target));
    } else if (from.kind === 'output') draw(from, target);
    else draw(target, from);
    return true;
  }
  function dropAt(screen: Point, drag: WireDrag, node: string | null) {
    const { pulled } = drag;
    if (node === null && pulled !== null) {
      editBody(open, 'Remove a wire', (draft) => disconnect(draft, new Set([pulled])));
      return;
    }
    if (node === null) {
      const place = stage.getState().flow?.screenToFlowPosition({ x: screen[0], y: screen[1] });
      if (place !== undefined) stage.setState({ insertion: { at: [place.x, place.y], screen, pin: drag.from } });
      return;
    }
    if (node === drag.from.node) return;
    const target = pinsOf(node).find((pin) => verdictOf(drag, pin.node, pin.kind, pin.pin).state === 'accepts');
    if (target === undefined || !land(drag, target))
      notify({ tone: 'attention', sentence: 'No pin of this node takes the wire: choose another node.' });
  }
  function draw(from: PinEnd, to: PinEnd) {
    editBody(open, `Connect ${from.node} to ${to.node}`, (draft) => connect(draft, installedTypes, from, to));
  }
  return { onConnectStart, isValidConnection, onConnect, onConnectEnd };
}

function tellRefusal(drag: WireDrag, { node, kind, pin }: DraggedPin): void {
  const { reason } = verdictOf(drag, node, kind, pin);
  if (reason !== null) notify({ tone: 'attention', sentence: reason });
}

function endsOf({ source, sourceHandle, target, targetHandle }: Connection | WireElement) {
  if (sourceHandle == null || targetHandle == null) return null;
  return { from: { node: source, pin: sourceHandle }, to: { node: target, pin: targetHandle } };
}

function nodeAt(x: number, y: number): string | null {
  const element = document.elementFromPoint(x, y)?.closest<HTMLElement>('.react-flow__node-node');
  return element?.dataset.id ?? null;
}
