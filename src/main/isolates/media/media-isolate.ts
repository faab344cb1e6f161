/** The program of a media isolate. */
import { AV_LOG_FATAL } from 'node-av/constants';
import { Log } from 'node-av/lib';
import { serveEngine } from '../serve-engine.ts';
import { MediaServer } from './media-server.ts';
import type { Request } from './messages.ts';

/** A file being written is completed within this time, or stays as its last fragment left it, ms. */
const COMPLETION = 3_000;

// FFmpeg tells of each damaged piece of a file; what counts is in the replies.
Log.setLevel(AV_LOG_FATAL);
const media = new MediaServer();
await serveEngine((request, payload) => media.answer(request as Request, payload), {
  close: () => media.close(),
  grace: COMPLETION,
});
