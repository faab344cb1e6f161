import type { Connection, IsValidConnection, OnConnect, OnConnectEnd, OnConnectStart } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import type { Point } from '../../shared/graph/document.ts';
import type { DraggedPin } from '../../shared/graph/edit/add-wired-node.ts';
import { connect } from '../../shared/graph/edit/connect.ts';
import type { PinEnd } from '../../shared/graph/edit/pin-end.ts';
import { notify } from '../announce/notices.ts';
import { useOpenGraph } from '../state/open-graph-context.tsx';
import { beginWire } from './begin-wire.ts';
import { editBody } from './edit-body.ts';
import type { WireElement } from './flow-elements.ts';
import { installedTypes } from './installed-types.ts';
import { stage } from './stage.ts';
import { verdictOf, type WireDrag, wireDrag } from './wire-drag.ts';

/**
 * Draws wires by mouse. While one is dragged, every pin says whether it takes it; dropped on a node it goes to the
 * first pin that does, dropped on nothing it asks for the node to go to.
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

  const onConnectStart: OnConnectStart = (_, { nodeId, handleId, handleType }) => {
    if (nodeId === null || handleId === null) return;
    isGivenUp.current = false;
    beginWire(open, { node: nodeId, pin: handleId, kind: handleType === 'source' ? 'output' : 'input' });
  };
  const isValidConnection: IsValidConnection<WireElement> = (connection) => {
    const { drag } = wireDrag.getState();
    const ends = endsOf(connection);
    if (drag === null || ends === null) return false;
    const to = drag.from.kind === 'output' ? ends.to : ends.from;
    return verdictOf(drag, to.node, drag.from.kind === 'output' ? 'input' : 'output', to.pin).state === 'accepts';
  };
  const onConnect: OnConnect = (connection) => {
    const ends = endsOf(connection);
    if (ends !== null && !isGivenUp.current) draw(ends.from, ends.to);
  };
  const onConnectEnd: OnConnectEnd = (event, { isValid, toHandle, toNode }) => {
    const { drag } = wireDrag.getState();
    wireDrag.setState({ drag: null });
    if (drag === null || isValid) return;
    const { clientX: x, clientY: y } = 'changedTouches' in event ? event.changedTouches[0] : event;
    if (toHandle?.id != null) tellRefusal(drag, toHandle.nodeId, toHandle.id, toHandle.type);
    else dropAt([x, y], drag, toNode?.id ?? nodeAt(x, y));
  };

  function dropAt(screen: Point, drag: WireDrag, node: string | null) {
    if (node === null) {
      const place = stage.getState().flow?.screenToFlowPosition({ x: screen[0], y: screen[1] });
      if (place !== undefined) stage.setState({ insertion: { at: [place.x, place.y], screen, pin: drag.from } });
      return;
    }
    if (node === drag.from.node) return;
    const target = pinsOf(node).find((pin) => verdictOf(drag, pin.node, pin.kind, pin.pin).state === 'accepts');
    if (target === undefined)
      notify({ tone: 'attention', sentence: 'No pin of this node takes the wire: choose another node.' });
    else if (drag.from.kind === 'output') draw(drag.from, target);
    else draw(target, drag.from);
  }
  function draw(from: PinEnd, to: PinEnd) {
    editBody(open, `Connect ${from.node} to ${to.node}`, (draft) => connect(draft, installedTypes, from, to));
  }
  return { onConnectStart, isValidConnection, onConnect, onConnectEnd };
}

function tellRefusal(drag: WireDrag, node: string, pin: string, type: 'source' | 'target'): void {
  const { reason } = verdictOf(drag, node, type === 'source' ? 'output' : 'input', pin);
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
