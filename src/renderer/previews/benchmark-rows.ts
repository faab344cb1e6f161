import { z } from 'zod';
import type { TablePreview } from '../../shared/protocol/preview.ts';

const measured = z.object({
  backend: z.string(),
  status: z.literal('done'),
  device: z.string().nullable(),
  /** Times in ms. */
  mean: z.number(),
  p50: z.number(),
  p95: z.number(),
  fps: z.number(),
  /** In relation to cpu, as `2.31x`. */
  speedUp: z.string(),
  agrees: z.boolean(),
});

const unmeasured = z.object({ backend: z.string(), status: z.enum(['skipped', 'failed']), reason: z.string() });

const rowsSchema = z.array(z.discriminatedUnion('status', [measured, unmeasured]));

export type Measured = Readonly<z.infer<typeof measured>>;
export type Unmeasured = Readonly<z.infer<typeof unmeasured>>;

/** The table of "Compare backends"; null for any other. */
export function benchmarkRows({ columns, rows }: TablePreview): readonly (Measured | Unmeasured)[] | null {
  const records = rows.map((row) => Object.fromEntries(columns.map((column, place) => [column, row[place]])));
  const parsed = rowsSchema.safeParse(records);
  return parsed.success ? parsed.data : null;
}
