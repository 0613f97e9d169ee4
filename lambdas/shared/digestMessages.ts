import { frequencies, SHARDS, type Frequency } from './digestReaders.ts';
import { MalformedMessage, membersOf } from './messages.ts';

/** It is time for digests. The schedule sends it. */
export interface Morning {
  readonly kind: 'morning';
  /** When it was due, ISO 8601. */
  readonly at: string;
}

/** Fifty members of a part of a list are to get theirs. */
export interface DigestPage {
  readonly kind: 'page';
  readonly at: string;
  readonly frequency: Frequency;
  readonly shard: number;
  /** The member after whom it begins. */
  readonly after?: string | undefined;
}

/** What the queue of the function `digests` carries. */
export type DigestMessage = Morning | DigestPage;

/** @throws MalformedMessage */
export function readDigestMessage(body: unknown): DigestMessage {
  const read = membersOf(body);
  const kind = read.oneOf('kind', ['morning', 'page']);
  const at = read.text('at');
  if (Number.isNaN(Date.parse(at))) throw new MalformedMessage('at is no time');
  if (kind === 'morning') return { kind, at };
  const { shard } = body as { readonly shard?: unknown };
  const known = Array.from({ length: SHARDS }, (_, number) => number).find((number) => number === shard);
  if (known === undefined) throw new MalformedMessage('shard is none');
  return { kind, at, frequency: read.oneOf('frequency', frequencies), shard: known, after: read.optionalText('after') };
}
