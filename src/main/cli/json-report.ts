import type { RunEvent } from '../../shared/protocol/run-events.ts';

/** A run for programs: one event a line on stdout. What nodes log goes to stderr. */
export class JsonReport {
  event(event: RunEvent): void {
    switch (event.event) {
      case 'log':
        process.stderr.write(`${event.node}: ${event.message}\n`);
        break;
      case 'problem':
        printJson({ event: 'problem', ...event.problem });
        break;
      default:
        printJson(event);
    }
  }

  tell(line: string): void {
    process.stderr.write(`${line}\n`);
  }

  close(): void {}
}

export function printJson(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
