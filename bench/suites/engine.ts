import { type Case, caseOf, type SuiteResult } from '../case.ts';
import { interleave, type Side, timed } from '../interleave.ts';
import { installPeers } from '../peers/install.ts';
import { type LitegraphGraph, litegraphChain, litegraphFan, loadLitegraph } from '../peers/litegraph.ts';
import { startNodeRed } from '../peers/node-red.ts';
import { WeftEngine } from '../weft-engine.ts';
import { type BenchGraph, weftChain, weftFan } from '../weft-graphs.ts';

const NODES = 1000;

/** Scheduling alone: graphs whose nodes do one addition each, beside litegraph.js and Node-RED. */
export async function engineSuite(): Promise<SuiteResult> {
  installPeers();
  const openLitegraph = loadLitegraph();
  const weft = await WeftEngine.open();
  const nodeRed = await startNodeRed(NODES);
  try {
    const chain = await interleave(
      {
        weft: weftRun(weft, weftChain(NODES), NODES),
        litegraph: litegraphRun(openLitegraph(litegraphChain(NODES)), NODES),
        nodered: timed(() => nodeRed.run('chain'), expects(NODES)),
      },
      { warmUps: 100, maxRounds: 500, maxSeconds: 8 },
    );
    const fan = await interleave(
      {
        weft: weftRun(weft, weftFan(NODES), 2 * NODES),
        litegraph: litegraphRun(openLitegraph(litegraphFan(NODES)), 2 * NODES),
        nodered: timed(() => nodeRed.run('fan'), expects(2 * NODES)),
      },
      { warmUps: 100, maxRounds: 500, maxSeconds: 8 },
    );
    return {
      suite: 'engine',
      cases: {
        chain1000: caseOf(chain, 'ms'),
        fan1000: caseOf(fan, 'ms'),
        build10000: await buildCase(weft, openLitegraph),
        depth100000: await depthCase(weft, openLitegraph),
      },
    };
  } finally {
    await nodeRed.stop();
    await weft.close();
  }
}

type OpenLitegraph = ReturnType<typeof loadLitegraph>;

/** litegraph reads a file in 0.1 s and takes seconds to add as many nodes one by one: the faster way is taken. */
async function buildCase(weft: WeftEngine, openLitegraph: OpenLitegraph): Promise<Case> {
  const length = 10_000;
  const graph = weftChain(length);
  const document = litegraphChain(length);
  const measured = await interleave(
    { weft: timed(() => weft.build(graph)), litegraph: timed(() => openLitegraph(document)) },
    { warmUps: 3, maxRounds: 20, maxSeconds: 8 },
  );
  return caseOf(measured, 'ms');
}

async function depthCase(weft: WeftEngine, openLitegraph: OpenLitegraph): Promise<Case> {
  const length = 100_000;
  const measured = await interleave(
    {
      weft: weftRun(weft, weftChain(length), length),
      litegraph: litegraphRun(openLitegraph(litegraphChain(length)), length),
    },
    { warmUps: 3, maxRounds: 20, maxSeconds: 8 },
  );
  return caseOf(measured, 'ms');
}

function weftRun(engine: WeftEngine, graph: BenchGraph, result: number): Side {
  const plan = engine.build(graph);
  const run = timed(() => engine.run(plan), expects(result));
  return {
    measure() {
      engine.forgetResults();
      return run.measure();
    },
  };
}

function litegraphRun(graph: LitegraphGraph, result: number) {
  return timed(() => graph.run(), expects(result));
}

function expects(result: number): (given: number) => void {
  return (given) => {
    if (given !== result) throw new Error(`A graph gave ${given} instead of ${result}.`);
  };
}
