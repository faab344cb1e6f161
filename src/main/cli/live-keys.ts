import type { LiveInput } from '../../shared/protocol/run-events.ts';
import type { EngineHost } from '../engine/host.ts';
import { onKeys } from './keys.ts';

/** Name of the graph's input that switches a recording on and off. */
const RECORD = 'record';

/** The keys of a run with live sources: Q ends it, S switches its input `record`. A line tells which there are. */
export function onLiveKeys(
  host: EngineHost,
  run: string,
  inputs: readonly LiveInput[],
  tell: (line: string) => void,
): Disposable | undefined {
  if (!process.stdin.isTTY) return undefined;
  // Only a thread that died has no answer, and then the run has ended as well.
  const quit = () => void host.finish(run).catch(() => {});
  const record = inputs.find(({ name, value }) => name === RECORD && typeof value === 'boolean');
  if (record === undefined) {
    tell('Q ends the run.');
    return onKeys({ q: quit });
  }
  let isOn = record.value === true;
  const toggle = async () => {
    isOn = !isOn;
    const text = isOn ? 'Recording.' : 'Recording stopped.';
    const taken = await host.setLiteral(run, record.node, 'default', isOn).catch(() => false);
    if (taken) tell(text);
  };
  tell('Q ends the run, S starts and stops a recording.');
  return onKeys({ q: quit, s: toggle });
}
