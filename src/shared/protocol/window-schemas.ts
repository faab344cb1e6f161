import { z } from 'zod';
import { cameraNewsSchema, cameraRequestSchema } from './camera-schemas.ts';
import { catalogueSchema } from './catalogue-schema.ts';
import type { ToHost, ToWindow } from './envelope.ts';
import { exactly } from './exact-schema.ts';
import { modelInspectionSchema } from './model-schemas.ts';
import { pinViewSchema, pinWatchSchema, previewMessageSchema, previewRequestSchema } from './preview-schemas.ts';
import { runMemorySchema, runProfileSchema } from './run-report-schemas.ts';
import { runEventSchema, runSummarySchema } from './run-schemas.ts';
import {
  backendStatusSchema,
  bytesSchema,
  documentSchema,
  errorReportSchema,
  jsonSchema,
  modelSignatureSchema,
} from './value-schemas.ts';
import type {
  Backup,
  FolderListing,
  HostDescription,
  ModelEntry,
  ModelState,
  OpenedFile,
  PickRequest,
  PulledModel,
  RecentFile,
  SampleGraph,
  SaveRequest,
  Settings,
  WindowCall,
  WindowCalls,
  WindowEvent,
  WindowRunRequest,
} from './window-calls.ts';

const nothing = z.strictObject({});
const byPath = z.object({ path: z.string() });
const byPathIn = z.object({ path: z.string(), folder: z.string().nullable() });
const byName = z.object({ name: z.string() });
const byRun = z.object({ run: z.string() });

/** Settings, as they stand in their file too. */
export const settingsSchema = exactly<Settings>()(
  z.object({
    theme: z.enum(['system', 'dark', 'light']),
    keys: z.record(z.string(), z.array(z.string())),
    memoryBudget: z
      .int()
      .min(16)
      .max(2 ** 24)
      .nullable(),
    backend: z.string(),
    modelsFolder: z.string().nullable(),
    nodesFolders: z.array(z.string()),
  }),
);

const backupForm = {
  id: z.string().min(1).max(200),
  path: z.string().nullable(),
  name: z.string(),
  graph: documentSchema,
};

/** A backup, as it stands in its file too. */
export const backupSchema = exactly<Backup>()(z.object(backupForm));

const runRequest = exactly<WindowRunRequest>()(
  z.object({
    document: documentSchema,
    graph: z.string().optional(),
    folder: z.string().nullable(),
    inputs: z.record(z.string(), jsonSchema).optional(),
    backend: z.string().optional(),
    to: z.array(z.string()).optional(),
    from: z.array(z.string()).optional(),
    record: z.boolean(),
    ticket: z.string().min(1).max(200),
  }),
);

const saveRequest = exactly<SaveRequest>()(
  z.object({ path: z.string(), graph: documentSchema, expected: z.string().nullable(), overwrite: z.boolean() }),
);

const pickRequest = exactly<PickRequest>()(
  z.object({
    mode: z.enum(['open', 'save', 'folder']),
    title: z.string(),
    suggested: z.string().optional(),
    extensions: z.array(z.string()).optional(),
  }),
);

/** What a window may ask, checked where it enters the host. */
export const ASKS: { readonly [K in WindowCall]: z.ZodType<WindowCalls[K]['ask']> } = {
  hello: nothing,
  catalogue: nothing,
  backends: nothing,
  doctor: nothing,
  modelSignature: byPathIn,
  inspectModel: byPathIn,
  suggestGraph: byPathIn,
  compareGraph: byPathIn,
  models: nothing,
  pullModel: byName,
  cancelPull: byName,
  removeModel: byName,
  run: runRequest,
  stop: byRun,
  finish: byRun,
  setLiteral: z.object({ run: z.string(), node: z.string(), pin: z.string(), value: jsonSchema }),
  runProfile: byRun,
  runMemory: byRun,
  emptyCache: nothing,
  tellCamera: cameraNewsSchema,
  watch: z.object({ watches: z.array(pinWatchSchema).max(10_000) }),
  preview: previewRequestSchema,
  samples: nothing,
  recent: nothing,
  forgetRecent: byPath,
  open: byPath,
  save: saveRequest,
  backUp: backupSchema,
  dropBackup: z.object({ id: z.string() }),
  backups: nothing,
  pickFile: pickRequest,
  listFolder: z.object({ path: z.string().nullable() }),
  missingFiles: z.object({ folder: z.string().nullable(), paths: z.array(z.string()) }),
  relativePath: z.object({ folder: z.string().nullable(), path: z.string() }),
  importFile: z.object({ name: z.string(), content: bytesSchema }),
  exportFile: z.object({ path: z.string(), content: bytesSchema }),
  revealFile: byPath,
  settings: nothing,
  changeSettings: z.object({ settings: settingsSchema }),
  closeWindow: nothing,
  setTitle: z.object({ title: z.string(), unsaved: z.boolean() }),
};

const hostDescription = exactly<HostDescription>()(
  z.object({
    host: z.enum(['desktop', 'server']),
    version: z.string(),
    platform: z.enum(['linux', 'darwin', 'win32']),
    dialogs: z.boolean(),
    sampleVideo: z.string(),
    openFirst: z.array(z.string()),
  }),
);

const modelState = exactly<ModelState>()(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.enum(['bundled', 'here']), path: z.string() }),
    z.object({ kind: z.literal('absent'), partBytes: z.number(), failure: errorReportSchema.nullable() }),
    z.object({
      kind: z.literal('pulling'),
      bytes: z.number(),
      total: z.number().nullable(),
      bytesPerSecond: z.number().nullable(),
    }),
  ]),
);

const modelEntry = exactly<ModelEntry>()(
  z.object({
    name: z.string(),
    task: z.string(),
    family: z.string(),
    notes: z.string(),
    licence: z.string(),
    bytes: z.number(),
    source: z.string().nullable(),
    hasDigest: z.boolean(),
    state: modelState,
  }),
);

const pulledModel = exactly<PulledModel>()(z.object({ path: z.string(), recordedDigest: z.string().nullable() }));

const recentFile = exactly<RecentFile>()(
  z.object({ path: z.string(), name: z.string(), openedAt: z.number(), missing: z.boolean() }),
);

const openedFile = exactly<OpenedFile>()(
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('ok'),
      path: z.string(),
      folder: z.string(),
      name: z.string(),
      graph: documentSchema,
      version: z.string(),
      readOnly: z.boolean(),
      trusted: z.boolean(),
    }),
    z.object({
      kind: z.enum(['missing', 'unreadable', 'not-weft', 'newer', 'invalid']),
      path: z.string(),
      problems: z.array(z.object({ message: z.string(), path: z.string().optional() })),
    }),
  ]),
);

const folderListing = exactly<FolderListing>()(
  z.object({
    path: z.string(),
    parent: z.string().nullable(),
    roots: z.array(z.object({ path: z.string(), name: z.string() })),
    entries: z.array(z.object({ name: z.string(), kind: z.enum(['folder', 'file']), bytes: z.number() })),
  }),
);

/** What a host may answer, checked where it enters the window. */
export const ANSWERS: { readonly [K in WindowCall]: z.ZodType<WindowCalls[K]['answer']> } = {
  hello: hostDescription,
  catalogue: catalogueSchema,
  backends: z.array(backendStatusSchema),
  doctor: z.record(z.string(), z.string()),
  modelSignature: modelSignatureSchema,
  inspectModel: modelInspectionSchema,
  suggestGraph: documentSchema,
  compareGraph: documentSchema,
  models: z.array(modelEntry),
  pullModel: pulledModel,
  cancelPull: z.null(),
  removeModel: z.null(),
  run: runSummarySchema,
  stop: z.null(),
  finish: z.null(),
  setLiteral: z.boolean(),
  runProfile: runProfileSchema,
  runMemory: runMemorySchema,
  emptyCache: z.object({ bytes: z.number() }),
  tellCamera: z.null(),
  watch: z.null(),
  preview: pinViewSchema,
  samples: z.array(
    exactly<SampleGraph>()(
      z.object({ path: z.string(), name: z.string(), description: z.string(), graph: documentSchema }),
    ),
  ),
  recent: z.array(recentFile),
  forgetRecent: z.null(),
  open: openedFile,
  save: z.object({ path: z.string(), folder: z.string(), version: z.string() }),
  backUp: z.null(),
  dropBackup: z.null(),
  backups: z.array(exactly<Backup & { at: number }>()(z.object({ ...backupForm, at: z.number() }))),
  pickFile: z.string().nullable(),
  listFolder: folderListing,
  missingFiles: z.array(z.string()),
  relativePath: z.string(),
  importFile: byPath,
  exportFile: z.null(),
  revealFile: z.null(),
  settings: settingsSchema,
  changeSettings: z.null(),
  closeWindow: z.null(),
  setTitle: z.null(),
};

export const windowEventSchema = exactly<WindowEvent>()(
  z.discriminatedUnion('event', [
    z.object({ event: z.literal('run'), ticket: z.string(), events: z.array(runEventSchema) }),
    z.object({ event: z.literal('preview'), message: previewMessageSchema }),
    z.object({ event: z.literal('camera'), request: cameraRequestSchema }),
    z.object({
      event: z.literal('engine'),
      state: z.enum(['ready', 'restarted']),
      message: z.string().nullable(),
    }),
    z.object({ event: z.literal('file.changed'), path: z.string(), version: z.string().nullable() }),
    z.object({ event: z.literal('model'), model: modelEntry }),
    z.object({ event: z.literal('settings'), settings: settingsSchema }),
    z.object({ event: z.literal('open.requested'), path: z.string() }),
    z.object({ event: z.literal('close.requested') }),
    z.object({ event: z.literal('action'), id: z.string() }),
    z.object({ event: z.literal('host.failed'), error: errorReportSchema }),
  ]),
);

const callId = z.int().positive();

export const toHostSchema: z.ZodType<ToHost> = z.discriminatedUnion('tell', [
  z.object({ tell: z.literal('call'), id: callId, call: z.string(), ask: z.unknown() }),
  z.object({ tell: z.literal('shown'), watch: z.string() }),
]);

/** What an answer or an event holds is checked by its own schema. */
export const toWindowSchema = z.discriminatedUnion('tell', [
  z.object({ tell: z.literal('answer'), id: callId, answer: z.unknown() }),
  z.object({ tell: z.literal('failed'), id: callId, error: errorReportSchema }),
  z.object({ tell: z.literal('refused'), error: errorReportSchema }),
  z.object({ tell: z.literal('event'), event: windowEventSchema }),
]) satisfies z.ZodType<ToWindow>;
