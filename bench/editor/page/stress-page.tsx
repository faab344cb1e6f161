import { Background, type Edge, type Node, ReactFlow } from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { createRoot } from 'react-dom/client';
import { links, NODE_COUNT, placeOf } from '../stress-graph.ts';

// React Flow's stress example (https://reactflow.dev/examples/nodes/stress): its own default nodes and edges, as many and
// at the same places as Weft's, in an area of the same size: `?left=…&top=…&width=…&height=…`, CSS pixels.

const area = new URLSearchParams(location.search);
const nodes: Node[] = Array.from({ length: NODE_COUNT }, (_, i) => {
  const [x, y] = placeOf(i);
  return { id: String(i), position: { x, y }, data: { label: `Node ${i}` } };
});
const edges: Edge[] = links().map(({ from, to, input }) => ({
  id: `${from}-${to}-${input}`,
  source: String(from),
  target: String(to),
}));

function StressPage() {
  return (
    <ReactFlow
      defaultNodes={nodes}
      defaultEdges={edges}
      minZoom={0.1}
      maxZoom={4}
      onlyRenderVisibleElements
      defaultViewport={{ x: Number(area.get('x')), y: Number(area.get('y')), zoom: Number(area.get('zoom')) }}
    >
      <Background />
    </ReactFlow>
  );
}

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element #root');
Object.assign(root.style, { position: 'absolute' });
for (const side of ['left', 'top', 'width', 'height'] as const) root.style[side] = `${area.get(side)}px`;
createRoot(root).render(<StressPage />);
