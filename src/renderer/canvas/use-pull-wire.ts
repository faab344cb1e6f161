import { useStoreApi } from '@xyflow/react';
import { XYHandle } from '@xyflow/system';
import type { MouseEvent, TouchEvent } from 'react';

interface Pin {
  readonly node: string;
  readonly side: 'input' | 'output';
  readonly name: string;
}

/** What a pin's element is to React Flow, and how a wire is drawn from it. */
export interface WireSource {
  readonly className: string;
  readonly 'data-id': string;
  readonly 'data-nodeid': string;
  readonly 'data-handleid': string;
  readonly 'data-handlepos': 'left' | 'right';
  onMouseDown(event: MouseEvent): void;
  onTouchStart(event: TouchEvent): void;
}

/**
 * Does for a pin what React Flow's `Handle` does, which asks at each move of the view whether a wire is being drawn: three
 * hundred pins in view make that a part of every frame (decision 015).
 */
export function usePullWire({ node, side, name }: Pin): WireSource {
  const store = useStoreApi();
  const isInput = side === 'input';
  const position = isInput ? 'left' : 'right';
  const kind = isInput ? 'target' : 'source';

  const pull = (event: MouseEvent | TouchEvent) => {
    const state = store.getState();
    XYHandle.onPointerDown(event.nativeEvent, {
      ...state,
      handleDomNode: event.currentTarget,
      isTarget: isInput,
      handleId: name,
      nodeId: node,
      flowId: state.rfId,
      dragThreshold: state.connectionDragThreshold,
      getTransform: () => store.getState().transform,
      getFromHandle: () => store.getState().connection.fromHandle,
    });
  };
  return {
    className: `react-flow__handle react-flow__handle-${position} nodrag nopan ${kind} connectable connectablestart connectableend connectionindicator`,
    'data-id': `${store.getState().rfId}-${node}-${name}-${kind}`,
    'data-nodeid': node,
    'data-handleid': name,
    'data-handlepos': position,
    onMouseDown: (event) => {
      if (event.button === 0) pull(event);
    },
    onTouchStart: pull,
  };
}
