/** The program of an inference isolate. */
import { env } from 'onnxruntime-node';
import { serveEngine } from '../serve-engine.ts';
import type { Request } from './messages.ts';
import { ModelServer } from './model-server.ts';

// What ONNX Runtime has to say comes with its exceptions; stderr is for what kills the process.
env.logLevel = 'fatal';

const models = new ModelServer();
// Why requests are not checked here: see messages.ts.
await serveEngine((request, payload) => models.answer(request as Request, payload));
