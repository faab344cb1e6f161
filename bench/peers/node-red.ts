import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The part of Node-RED 5 that is used here; it has no types of its own. */
interface NodeRedRuntime {
  init(settings: object, server: null, admin: null): void;
  start(): Promise<void>;
  stop(): Promise<void>;
  readonly _: { readonly nodes: NodeRedNodes };
}

interface NodeRedNodes {
  registerType(set: string, type: string, node: (this: NodeRedNode, config: { arrivals: number }) => void): void;
  createNode(node: NodeRedNode, config: object): void;
  getNode(id: string): NodeRedNode;
}

interface NodeRedNode {
  on(event: 'input', listener: (message: Message, send: (message: Message) => void, done: () => void) => void): void;
  receive(message: Message): void;
}

interface Message {
  payload: number;
}

interface NodeRedUtil {
  init(settings: object): void;
  readonly events: { once(event: 'flows:started', listener: () => void): void };
}

/** Node-RED without its server and editor, its flows in memory. */
export interface NodeRed {
  /** Sends a message into a flow; resolves with the sum of what reached its end. */
  run(flow: 'chain' | 'fan'): Promise<number>;
  stop(): Promise<void>;
}

/** Starts Node-RED with a chain of `count` nodes that each add 1, and a fan of 1 → `count` → 1 such nodes. */
export async function startNodeRed(count: number): Promise<NodeRed> {
  const require = createRequire(import.meta.url);
  const runtime = require('@node-red/runtime') as NodeRedRuntime;
  const util = require('@node-red/util') as NodeRedUtil;
  const folder = await mkdtemp(join(tmpdir(), 'weft-bench-node-red-'));
  // Node-RED looks for examples in the folder of its nodes and ends the process when there is none.
  await mkdir(join(folder, 'examples'));
  const settings = {
    userDir: folder,
    coreNodesDir: folder,
    logging: { console: { level: 'off' } },
    telemetry: { enabled: false },
    storageModule: inMemory([...chainFlow(count), ...fanFlow(count)]),
  };
  util.init(settings);
  runtime.init(settings, null, null);
  let finished: (sum: number) => void = () => {};
  registerNodes(runtime._.nodes, (sum) => finished(sum));
  const started = new Promise<void>((resolve) => util.events.once('flows:started', resolve));
  await runtime.start();
  await started;
  return {
    run(flow) {
      return new Promise((resolve) => {
        finished = resolve;
        runtime._.nodes.getNode(`${flow}0`).receive({ payload: 0 });
      });
    },
    async stop() {
      await runtime.stop();
      await rm(folder, { recursive: true });
    },
  };
}

function registerNodes(nodes: NodeRedNodes, finished: (sum: number) => void): void {
  nodes.registerType('bench', 'add', function (config) {
    nodes.createNode(this, config);
    this.on('input', (message, send, done) => {
      message.payload += 1;
      send(message);
      done();
    });
  });
  nodes.registerType('bench', 'sum', function (config) {
    nodes.createNode(this, config);
    let arrived = 0;
    let sum = 0;
    this.on('input', (message, _send, done) => {
      sum += message.payload;
      done();
      if (++arrived < config.arrivals) return;
      const total = sum;
      arrived = 0;
      sum = 0;
      finished(total);
    });
  });
}

function chainFlow(count: number): object[] {
  const adds = Array.from({ length: count }, (_, i) =>
    add(`chain${i}`, [i + 1 < count ? `chain${i + 1}` : 'chainEnd']),
  );
  return [{ id: 'tab', type: 'tab' }, ...adds, sum('chainEnd', 1)];
}

function fanFlow(count: number): object[] {
  const ids = Array.from({ length: count }, (_, i) => `fan${i + 1}`);
  return [add('fan0', ids), ...ids.map((id) => add(id, ['fanEnd'])), sum('fanEnd', count)];
}

/** A node without a place on the canvas would be taken for configuration. */
const place = { x: 0, y: 0, z: 'tab' };

function add(id: string, to: readonly string[]): object {
  return { id, type: 'add', ...place, wires: [to] };
}

function sum(id: string, arrivals: number): object {
  return { id, type: 'sum', ...place, arrivals, wires: [] };
}

function inMemory(flows: readonly object[]) {
  const nothing = async () => ({});
  return {
    init: nothing,
    getFlows: async () => flows,
    saveFlows: nothing,
    getCredentials: nothing,
    saveCredentials: nothing,
    getSettings: async () => null,
    saveSettings: nothing,
    getSessions: nothing,
    saveSessions: nothing,
    getLibraryEntry: nothing,
    saveLibraryEntry: nothing,
  };
}
