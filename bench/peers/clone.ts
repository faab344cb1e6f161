import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A child process that a value is sent to, and back, by structured clone: Node's own way between processes. */
export interface CloneChild {
  roundTrip(value: Float32Array): Promise<Float32Array>;
  stop(): Promise<void>;
}

export function startCloneChild(): CloneChild {
  const program = fileURLToPath(new URL('./clone-child.ts', import.meta.url));
  const child = fork(program, { serialization: 'advanced' });
  return {
    async roundTrip(value) {
      child.send(value);
      const [answer] = await once(child, 'message');
      return answer;
    },
    async stop() {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}
