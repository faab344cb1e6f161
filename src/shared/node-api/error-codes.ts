/**
 * Every error code Weft can report, with what it means and what to do. `docs/errors.md` is written from this table.
 * `exit` is the exit status of `weft run` when this error ends it: 1 a node failed, 2 the graph or the call is wrong,
 * 3 a file or model is missing, 4 the run's own time limit, 130 interrupted. `retry` marks errors that a node's retry
 * policy repeats by default.
 */
export interface ErrorMeaning {
  readonly means: string;
  readonly todo: string;
  readonly exit: 1 | 2 | 3 | 4 | 130;
  readonly retry?: true;
}

export const ERROR_CODES = {
  E_USAGE: { exit: 2, means: 'The command line was not understood.', todo: 'Run the command with --help.' },
  E_GRAPH_PARSE: {
    exit: 2,
    means: 'The file is not a Weft graph.',
    todo: 'Open a *.weft.json file, or import the workflow first.',
  },
  E_GRAPH_NEWER: {
    exit: 2,
    means: 'The graph was written by a newer Weft.',
    todo: 'Update Weft; the file was not touched.',
  },
  E_GRAPH_INVALID: {
    exit: 2,
    means: 'A part of the graph file has the wrong form.',
    todo: 'Correct the place that is named.',
  },
  E_GRAPH_RECURSION: {
    exit: 2,
    means: 'A graph contains itself.',
    todo: 'Remove the node that uses the graph it is in.',
  },
  E_INPUT_UNKNOWN: {
    exit: 2,
    means: 'The graph has no input, or the node no pin, of the name that was set.',
    todo: 'Use one of the names listed in the message.',
  },
  E_NODE_UNKNOWN: {
    exit: 2,
    means: 'The node type is not installed.',
    todo: 'Install the package that has it, or replace the node.',
  },
  E_NODE_DUPLICATE: { exit: 2, means: 'Two nodes have the same id.', todo: 'Rename one of them.' },
  E_NODE_LOAD: {
    exit: 2,
    means: 'The file of a node could not be loaded or does not define a node.',
    todo: 'Correct the file that is named.',
  },
  E_WIRE_NODE: {
    exit: 2,
    means: 'A wire begins or ends at a node that does not exist.',
    todo: 'Remove the wire or correct the id.',
  },
  E_PIN_UNKNOWN: { exit: 2, means: 'The node has no pin of that name.', todo: 'Use one of the pins listed.' },
  E_PIN_TYPE: {
    exit: 2,
    means: 'The value or wire does not fit the pin.',
    todo: 'Do what the sentence proposes, or convert with a node in between.',
  },
  E_PIN_REQUIRED: { exit: 2, means: 'A required input has neither wire nor value.', todo: 'Wire it or set it.' },
  E_PIN_RANGE: { exit: 2, means: 'A value is outside the range of its pin.', todo: 'Choose a value in the range.' },
  E_PIN_OCCUPIED: {
    exit: 2,
    means: 'Two wires, or a wire and a value set from outside, end at one input.',
    todo: 'Remove one of them.',
  },
  E_PARAM_UNKNOWN: {
    exit: 2,
    means: 'A parameter has no input pin of its name.',
    todo: 'Remove it or use one of the pins listed.',
  },
  E_POLICY: { exit: 2, means: "A node's policy is out of range.", todo: 'Correct the value that is named.' },
  E_CYCLE: { exit: 2, means: 'Nodes wait for each other in a circle.', todo: 'Remove one wire of the path named.' },
  E_BYPASS: {
    exit: 2,
    means: 'A bypassed node has an output that none of its inputs can stand in for.',
    todo: 'Do not bypass it, or remove the wire.',
  },
  E_STREAM_MIX: {
    exit: 2,
    means: 'Items of two different streams meet in a node that cannot join them.',
    todo: 'Join them with flow/zip or flow/latest, or collect one of them first.',
  },
  E_STREAM_WAIT: {
    exit: 2,
    means: 'A node works on the items of a stream and waits for the end of the same stream.',
    todo: 'Take the items from a second source node.',
  },
  E_STREAM_NESTED: {
    exit: 2,
    means: 'A source is fed by items of a stream.',
    todo: 'Feed it a single value: collect the stream first.',
  },
  E_FILE_MISSING: { exit: 3, means: 'A file or folder is not there.', todo: 'Correct the path.' },
  E_FILE_READ: { exit: 1, means: 'A file could not be read.', todo: 'Check its rights and the disk.' },
  E_FILE_WRITE: {
    exit: 1,
    means: 'A file could not be written; nothing half-written was left.',
    todo: 'Check rights and free space of the folder.',
  },
  E_FILE_CHANGED: {
    exit: 1,
    means: 'A file is no longer the one that was opened, so it was not written over.',
    todo: 'Look at what is there now, then save under another name or write over it.',
  },
  E_FILE_FORBIDDEN: {
    exit: 1,
    means: 'A file lies outside the folders that the window may use.',
    todo: 'Start `weft serve` with --allow and the folder.',
  },
  E_IMAGE_DECODE: {
    exit: 1,
    means: 'The file is not a picture, or is damaged.',
    todo: 'Open another file, or save the picture again.',
  },
  E_IMAGE_LIMIT: {
    exit: 1,
    means: 'The picture has more pixels than the limit.',
    todo: 'Raise the limit on the node, or shrink the picture.',
  },
  E_VIDEO_READ: {
    exit: 1,
    means: 'The file is not a video, or is damaged so much that nothing of it can be decoded.',
    todo: 'Open another file, or save the video again.',
  },
  E_CAMERA: {
    exit: 1,
    means: 'A camera could not be opened, or stopped giving pictures.',
    todo: 'Check that it is plugged in and not used by another program.',
  },
  E_CAMERA_DENIED: {
    exit: 1,
    means: 'The person, the browser or the system does not allow the camera.',
    todo: 'Allow it in the browser or in the settings of the system, and run again.',
  },
  E_CAMERA_MISSING: { exit: 1, means: 'There is no such camera.', todo: 'Plug it in, or choose another one.' },
  E_CAMERA_BUSY: {
    exit: 1,
    means: 'Another program uses the camera.',
    todo: 'Close that program, or choose another camera.',
  },
  E_CAMERA_LOST: {
    exit: 1,
    means: 'The camera was unplugged while a run saw with it.',
    todo: 'Plug it in again and the run goes on, or stop the run.',
  },
  E_MODEL_MISSING: { exit: 3, means: 'The model file is not there.', todo: 'Correct the path or download the model.' },
  E_MODEL_LOAD: {
    exit: 1,
    means: 'The file is not an ONNX model, or is damaged.',
    todo: 'Download or export the model again.',
  },
  E_MODEL_UNSUPPORTED: {
    exit: 1,
    means: 'The model uses something that ONNX Runtime or its binding cannot run.',
    todo: 'Export the model in another form; the message names the part.',
  },
  E_MODEL_INPUT: {
    exit: 1,
    means: "A tensor does not fit the model's input.",
    todo: 'Prepare the tensor as the message says.',
  },
  E_MODEL_RUN: {
    exit: 1,
    means: 'ONNX Runtime failed while running the model.',
    todo: 'See the cause in the message.',
  },
  E_MODEL_BLOCKED: {
    exit: 1,
    means: 'The model killed its process three times in five minutes.',
    todo: 'Try another backend, or try again by hand.',
  },
  E_BACKEND_MISSING: {
    exit: 1,
    means: 'The backend is not available on this machine.',
    todo: 'Choose one that `weft backends` lists as available.',
  },
  E_ISOLATE_START: {
    exit: 1,
    retry: true,
    means: 'A helper process could not be started.',
    todo: 'Check free memory and the number of processes.',
  },
  E_ISOLATE_DIED: {
    exit: 1,
    retry: true,
    means: 'The process that ran a model, or read or wrote a video, died; it was replaced.',
    todo: 'Run again; give the node attempts, try another backend, or leave the file out.',
  },
  E_DEVICE_MEMORY: {
    exit: 1,
    retry: true,
    means: 'The device that runs the model is out of memory.',
    todo: 'Use a smaller model or input, or another backend.',
  },
  E_MEMORY: {
    exit: 1,
    means: 'The memory budget or the machine’s shared memory is used up.',
    todo: 'Raise the budget, or let fewer items be in flight.',
  },
  E_STALE_HANDLE: {
    exit: 1,
    means: 'A value was used after its memory had been given back.',
    todo: 'Hold it with ctx.keep() in the node that is named.',
  },
  E_INPUT_CHANGED: {
    exit: 1,
    means: 'A node wrote into one of its inputs.',
    todo: 'Copy the value before changing it.',
  },
  E_SPACE: {
    exit: 1,
    means: 'Detections belong to a picture of another size.',
    todo: 'Bring them back with detect/to-original first.',
  },
  E_VALUE: { exit: 1, means: 'A node cannot work with the value it got.', todo: 'Do what the sentence says.' },
  E_NETWORK: { exit: 1, retry: true, means: 'A network request failed.', todo: 'Check the connection and try again.' },
  E_DIGEST: {
    exit: 1,
    means: 'A downloaded file is not the one that was wanted; it was deleted.',
    todo: 'Download it again; if that does not help, the address leads to another file now.',
  },
  E_NODE_THREW: { exit: 1, means: "A node's own code failed.", todo: 'See the cause in the message.' },
  E_NODE_OUTPUT: {
    exit: 1,
    means: 'A node gave no value, or a value of the wrong type, for an output.',
    todo: 'Correct the node; it is named with the pin.',
  },
  E_TIMEOUT: {
    exit: 1,
    retry: true,
    means: 'A node took longer than its timeout.',
    todo: 'Raise it, or make the node faster.',
  },
  E_RUN_TIMEOUT: { exit: 4, means: 'The run took longer than --timeout.', todo: 'Give it more time.' },
  E_CANCELLED: { exit: 130, means: 'The run was stopped.', todo: 'Start it again.' },
  E_ENGINE_DIED: {
    exit: 1,
    means: 'The engine thread ended in the middle of the run; it was started again.',
    todo: 'Run again; the log names the node that was at work.',
  },
  E_PROTOCOL: {
    exit: 1,
    means: 'A message between a window and its host was not understood.',
    todo: 'Reload the window: it may belong to another version of Weft.',
  },
  E_DISCONNECTED: {
    exit: 1,
    means: 'The line between a window and its host was cut.',
    todo: 'Connect again; unsaved work is in the backup.',
  },
  E_INTERNAL: { exit: 1, means: 'A mistake in Weft itself.', todo: 'Report it with the text of the message.' },
} as const satisfies Record<string, ErrorMeaning>;

export type ErrorCode = keyof typeof ERROR_CODES;
