import { z } from 'zod';
import { exactly } from './exact-schema.ts';
import { type RunMemory, type RunProfile, type SpanColumns, VALUE_HOLDERS } from './run-report.ts';

const columns = z.object({
  node: z.instanceof(Int32Array<ArrayBuffer>),
  item: z.instanceof(Int32Array<ArrayBuffer>),
  start: z.instanceof(Float64Array<ArrayBuffer>),
  end: z.instanceof(Float64Array<ArrayBuffer>),
  process: z.instanceof(Uint16Array<ArrayBuffer>),
  bytes: z.instanceof(Float64Array<ArrayBuffer>),
  waited: z.instanceof(Float64Array<ArrayBuffer>),
});

const spanColumns = exactly<SpanColumns>()(
  columns.refine((spans) => Object.values(spans).every(({ length }) => length === spans.node.length), {
    error: 'the columns are not of one length',
  }),
);

export const runProfileSchema = exactly<RunProfile>()(
  z.object({
    nodes: z.array(z.object({ id: z.string(), type: z.string() })),
    processes: z.array(z.object({ name: z.string(), pid: z.number() })),
    spans: spanColumns,
    dropped: z.number(),
  }),
);

export const runMemorySchema = exactly<RunMemory>()(
  z.object({
    nodes: z.array(
      z.object({
        node: z.string(),
        bytes: z.number(),
        peakBytes: z.number(),
        keptBytes: z.number(),
        pins: z.array(
          z.object({
            pin: z.string(),
            bytes: z.number(),
            peakBytes: z.number(),
            holders: z.array(z.enum(VALUE_HOLDERS)),
          }),
        ),
      }),
    ),
    heldBytes: z.number(),
    cacheBytes: z.number(),
    arena: z.object({
      usedBytes: z.number(),
      peakBytes: z.number(),
      reservedBytes: z.number(),
      path: z.string(),
    }),
    heapBytes: z.number(),
    budgetBytes: z.number(),
  }),
);
