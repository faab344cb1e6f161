import { z } from 'zod';
import { frameBytes } from '../node-api/frame.ts';
import { CAMERA_FAILURES, type CameraNews, type CameraRequest } from './camera.ts';
import { exactly } from './exact-schema.ts';
import { bytesSchema, frameColourSchema } from './value-schemas.ts';

const capture = z.string().min(1).max(100);
/** In pixels. */
const side = z.int().min(1).max(8192);
const fps = z.number().positive().max(1000);

export const cameraRequestSchema = exactly<CameraRequest>()(
  z.discriminatedUnion('ask', [
    z.object({
      ask: z.literal('open'),
      capture,
      device: z.string(),
      width: side,
      height: side,
      fps,
    }),
    z.object({ ask: z.literal('frame'), capture }),
    z.object({ ask: z.literal('close'), capture }),
  ]),
);

export const cameraNewsSchema = exactly<CameraNews>()(
  z.discriminatedUnion('news', [
    z.object({
      news: z.literal('opened'),
      capture,
      name: z.string().max(1000),
      width: side,
      height: side,
      fps: fps.nullable(),
      beganAt: z.number(),
    }),
    z
      .object({
        news: z.literal('frame'),
        capture,
        index: z.int().min(0),
        seconds: z.number().min(0),
        width: side,
        height: side,
        colour: frameColourSchema,
        planes: bytesSchema,
      })
      .refine(({ width, height, planes }) => planes.length === frameBytes(width, height), 'planes of another size'),
    z.object({ news: z.enum(['lost', 'back']), capture }),
    z.object({ news: z.literal('failed'), capture, why: z.enum(CAMERA_FAILURES) }),
  ]),
);
