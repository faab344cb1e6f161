import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Why a request is refused, with its HTTP status. */
export interface Refusal {
  readonly status: 401 | 403 | 421;
  readonly reason: string;
}

/**
 * Who may use the server: whoever has its token, from a page of its own, under one of its own names. Without the last, a
 * foreign page whose name is made to lead here (DNS rebinding) would be taken for one of ours.
 */
export class Access {
  /** 256 bits, made anew for each server. */
  readonly token = randomBytes(32).toString('base64url');
  readonly #cookie: string;
  /** `name:port`, as the Host header says it. */
  readonly #hosts: ReadonlySet<string>;

  constructor(names: readonly string[], port: number) {
    // Cookies do not tell ports apart, and several servers may run.
    this.#cookie = `weft-${port}`;
    this.#hosts = new Set(names.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`])));
  }

  /** Null for a request that may be answered; the token is not looked at. */
  refusalOfOrigin({ headers }: IncomingMessage): Refusal | null {
    const { host, origin } = headers;
    if (host === undefined || !this.#hosts.has(host.toLowerCase())) {
      return { status: 421, reason: 'This server does not go by that name.' };
    }
    if (origin !== undefined && origin !== `http://${host}`) {
      return { status: 403, reason: 'Pages from elsewhere may not use this server.' };
    }
    return null;
  }

  /** A page without an Origin is no browser's, or one that hides it. */
  refusalOfSocket(request: IncomingMessage): Refusal | null {
    if (request.headers.origin === undefined) return { status: 403, reason: 'A window must say where it is from.' };
    return this.refusalOfOrigin(request) ?? this.refusalOfCookie(request);
  }

  refusalOfCookie({ headers }: IncomingMessage): Refusal | null {
    const cookies = (headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
    const prefix = `${this.#cookie}=`;
    const ours = cookies.filter((cookie) => cookie.startsWith(prefix)).map((cookie) => cookie.slice(prefix.length));
    if (ours.some((value) => this.isToken(value))) return null;
    return { status: 401, reason: 'Open the whole address that `weft serve` printed: it holds the key.' };
  }

  isToken(value: string): boolean {
    return timingSafeEqual(digest(value), digest(this.token));
  }

  /** For the Set-Cookie header. Strict: no page from elsewhere leads here with it. */
  get cookie(): string {
    return `${this.#cookie}=${this.token}; Path=/; HttpOnly; SameSite=Strict`;
  }
}

/** Digests are of one length, and say nothing of how much of a guess was right. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
