import { tmpdir } from 'node:os';
import { compilePlan } from '../src/main/engine/compile-plan.ts';
import { Engine } from '../src/main/engine/engine.ts';
import { Heartbeat } from '../src/main/engine/heartbeat.ts';
import type { Plan } from '../src/main/engine/plan.ts';
import { EVERYTHING } from '../src/main/engine/prepare-run.ts';
import { nodeSpawner } from '../src/main/isolates/spawn-node.ts';
import { SegmentPool } from '../src/main/store/segment-pool.ts';
import { checkGraph } from '../src/shared/graph/check.ts';
import { signatureOf } from '../src/shared/node-api/signature.ts';
import type { BenchGraph } from './weft-graphs.ts';

/** The engine as a host runs it, but in this thread, as the others are. */
export class WeftEngine {
  readonly #engine: Engine;
  #runs = 0;

  static async open(): Promise<WeftEngine> {
    return new WeftEngine(
      await Engine.open({
        segments: new SegmentPool(),
        spawner: nodeSpawner(),
        heartbeat: new Heartbeat(),
        budgetBytes: 2 ** 30,
      }),
    );
  }

  private constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** From a parsed file to what can be run: validation, types, plan. */
  build({ document, definitions }: BenchGraph): Plan {
    const nodes = new Map(
      definitions.map((definition) => {
        const signature = signatureOf(definition);
        return [signature.id, { definition, signature }];
      }),
    );
    const checked = checkGraph(document, (id) => nodes.get(id)?.signature);
    const [problem] = checked.problems;
    if (problem !== undefined) throw new Error(problem.message);
    const definitionOf = (id: string) => {
      const node = nodes.get(id);
      if (node === undefined) throw new Error(`${id} is no node of this benchmark.`);
      return node.definition;
    };
    return compilePlan(checked, definitionOf, { graphFolder: tmpdir(), outFolder: tmpdir() });
  }

  /** Everything is to be computed anew: to be called before each run, outside of the time that counts. */
  forgetResults(): void {
    this.#engine.forgetResults();
  }

  /** Runs a plan with all bookkeeping on; resolves with its output `result`. */
  async run(plan: Plan): Promise<number> {
    let result = Number.NaN;
    const serial = ++this.#runs;
    const run = {
      id: `run${serial}`,
      serial,
      name: 'bench',
      selection: EVERYTHING,
      request: { out: tmpdir() },
      notes: [],
      origins: () => () => null,
    };
    const summary = await this.#engine.runPlan(plan, run, {
      started: () => {},
      batch({ events }) {
        for (const event of events) if (event.event === 'output') result = Number(event.value);
      },
    });
    if (summary.status !== 'done' || summary.cached > 0) {
      throw new Error(`A run ended as ${summary.status} with ${summary.cached} cached nodes.`);
    }
    return result;
  }

  close(): Promise<void> {
    return this.#engine.close();
  }
}
