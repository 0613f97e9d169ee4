import { openConnection } from './connection.ts';

export const CONNECTIONS = 16;

/** A request, and whether an answer is the right one. */
export interface Call {
  readonly request: Buffer;
  accepts(answer: Buffer): boolean;
}

export interface Round {
  readonly perSecond: number;
  /** Milliseconds of each request. */
  readonly latencies: readonly number[];
}

/**
 * Each connection sends the next request as soon as it has the answer to the last one. Throws at the first wrong answer. The
 * connections are new ones: a server hangs up on those that say nothing while others have their turn.
 */
export async function round(url: URL, next: () => Call, milliseconds: number): Promise<Round> {
  const connections = await Promise.all(Array.from({ length: CONNECTIONS }, () => openConnection(url)));
  const latencies: number[] = [];
  const start = performance.now();
  const end = start + milliseconds;
  const sent = Promise.all(
    connections.map(async (connection) => {
      for (let since = performance.now(); since < end;) {
        const call = next();
        const answer = await connection.send(call.request);
        const now = performance.now();
        latencies.push(now - since);
        if (!call.accepts(answer)) throw new Error(`a wrong answer: ${answer.toString().slice(0, 2_000)}`);
        since = now;
      }
    }),
  );
  await sent.finally(() => connections.forEach((connection) => connection.close()));
  return { perSecond: (latencies.length * 1_000) / (performance.now() - start), latencies };
}
