import { ERROR_CODES, type ErrorCode, type ErrorMeaning } from './error-codes.ts';

/** Where an error belongs, so that a person finds it on the canvas. */
export interface ErrorPlace {
  /** Node id, a path (`outer/inner`) for nodes inside a graph used as a node. */
  readonly node?: string;
  readonly pin?: string;
}

/** An error as it crosses a thread or process, or stands in a report. */
export interface ErrorReport extends ErrorPlace {
  readonly code: ErrorCode;
  readonly message: string;
  /** Messages of the errors that caused it, nearest first. */
  readonly causes: readonly string[];
}

/** An error with a stable code and one sentence that says what is wrong, where, and what to do. */
export class WeftError extends Error {
  override readonly name = 'WeftError';
  readonly code: ErrorCode;
  readonly place: ErrorPlace;

  constructor(code: ErrorCode, message: string, options: ErrorPlace & { cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.place = { node: options.node, pin: options.pin };
  }

  get meaning(): ErrorMeaning {
    return ERROR_CODES[this.code];
  }

  /** The same error, placed at a node unless it already names one. */
  at(place: ErrorPlace): WeftError {
    if (this.place.node !== undefined) return this;
    const placed = new WeftError(this.code, this.message, {
      node: place.node,
      pin: this.place.pin ?? place.pin,
      cause: this.cause,
    });
    placed.stack = this.stack;
    return placed;
  }

  toReport(): ErrorReport {
    const causes: string[] = [];
    for (let cause = this.cause; cause !== undefined && cause !== null && causes.length < 8; ) {
      causes.push(cause instanceof Error ? cause.message : String(cause));
      cause = cause instanceof Error ? cause.cause : undefined;
    }
    return { code: this.code, message: this.message, causes, ...definedPlace(this.place) };
  }

  static fromReport(report: ErrorReport): WeftError {
    let cause: Error | undefined;
    for (const message of [...report.causes].reverse()) cause = new Error(message, { cause });
    return new WeftError(report.code, report.message, { node: report.node, pin: report.pin, cause });
  }
}

function definedPlace(place: ErrorPlace): ErrorPlace {
  return {
    ...(place.node === undefined ? {} : { node: place.node }),
    ...(place.pin === undefined ? {} : { pin: place.pin }),
  };
}
