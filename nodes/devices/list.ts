import { availableParallelism, cpus, freemem, totalmem } from 'node:os';
import { type AvailableBackend, defineNode, pin } from 'weft';

export default defineNode({
  type: 'devices/list',
  version: 1,
  title: 'List devices',
  summary: 'Lists the processor and the graphics cards that models can run on.',
  keywords: ['cpu', 'gpu', 'hardware', 'backend', 'cores', 'memory'],
  effects: 'measures',
  inputs: {},
  outputs: {
    devices: pin.json({
      description:
        'The processor, {kind, name, cores, memoryBytes, freeMemoryBytes, backends}, then what else models can run on, ' +
        '{kind, name, software, backends}; name is null where the system does not tell.',
    }),
    backends: pin.json({
      description: 'Every backend: {name, available}, and {device, software} or {reason, remedy}.',
    }),
    text: pin.string({ description: 'The devices to read, one line each.' }),
  },
  async run(_, ctx) {
    const backends = await ctx.models.backends();
    const available = backends.filter((backend) => backend.available);
    const name = cpus()[0]?.model.trim() || null;
    const processor = {
      kind: 'cpu',
      name,
      cores: availableParallelism(),
      memoryBytes: totalmem(),
      freeMemoryBytes: freemem(),
      backends: available.filter(({ device }) => device === name).map((backend) => backend.name),
    };
    const cards = cardsOf(available.filter(({ device }) => device === null || device !== name));
    return {
      devices: [processor, ...cards],
      backends: backends.map((backend) => ({ ...backend })),
      text: [
        `${name ?? 'processor'}: ${processor.cores} cores, ${gibibytes(processor.memoryBytes)}; ${processor.backends.join(', ')}`,
        ...cards.map(
          (card) => `${card.name ?? 'device'}${card.software ? ' (software)' : ''}: ${card.backends.join(', ')}`,
        ),
      ].join('\n'),
    };
  },
});

/** The devices behind the backends; several backends may run on one. */
function cardsOf(backends: readonly AvailableBackend[]) {
  return [...Map.groupBy(backends, ({ device }) => device)].map(([name, group]) => ({
    kind: 'gpu',
    name,
    software: group[0].software,
    backends: group.map((backend) => backend.name),
  }));
}

function gibibytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}
