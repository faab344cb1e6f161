/** The program of an inference isolate. */
import { serveEngine } from '../serve-engine.ts';
import type { Request } from './messages.ts';
import { ModelServer } from './model-server.ts';

const models = new ModelServer();
// Why requests are not checked here: see messages.ts.
await serveEngine((request, payload) => models.answer(request as Request, payload));
