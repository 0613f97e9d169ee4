import type { IncomingHttpHeaders } from 'node:http';

/** A request to the login page or its endpoints, as the port took it. */
export interface LoginRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Of a form; empty for any other body. */
  readonly form: URLSearchParams;
  /** Scheme and host that the request was sent to: `http://localhost:4000`. */
  readonly origin: string;
}

export interface LoginAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string;
}

export function redirect(location: string, cookies: readonly string[] = []): LoginAnswer {
  return {
    status: 302,
    headers: { location, 'cache-control': 'no-store', ...(cookies.length > 0 && { 'set-cookie': cookies }) },
    body: '',
  };
}

export function json(status: number, value: object, headers: Readonly<Record<string, string>> = {}): LoginAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json;charset=UTF-8', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(value),
  };
}

/** The value of a cookie that was sent once; a second of the name could only be somebody else's. */
export function cookie({ headers }: LoginRequest, name: string): string | undefined {
  const pairs = (headers.cookie ?? '').split(/;\s*/).filter((pair) => pair.startsWith(`${name}=`));
  return pairs.length === 1 ? pairs[0]?.slice(name.length + 1) : undefined;
}

/**
 * Not `Strict`: people come here from the application's page. `Secure` wherever there is TLS; on plain HTTP not every
 * browser would keep it.
 */
export function setCookie({ origin }: LoginRequest, name: string, value: string, maxAgeSeconds?: number): string {
  const secure = origin.startsWith('https:') ? '; Secure' : '';
  const age = maxAgeSeconds === undefined ? '' : `; Max-Age=${maxAgeSeconds}`;
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${secure}${age}`;
}

/** One value, or none: OAuth allows no parameter twice (RFC 6749 3.1), and of two nobody knows which one counts. */
export function single(parameters: URLSearchParams, name: string): string | undefined {
  const [value, ...others] = parameters.getAll(name);
  return others.length > 0 ? undefined : value || undefined;
}
