import { readFileSync } from 'node:fs';
import { ulid } from '../../seed/ulid.ts';
import { filled } from '../plan.ts';
import type { PostItem, Setting } from './data.ts';

const PAGE = 20;
const POSTED_BYTES = 280;

/** What a client sends. */
export interface Question {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface Operation {
  readonly name: string;
  readonly caller: keyof Setting['tokens'];
  /** What of it is told: the number of requests per second is to be that many times the other's. */
  readonly atLeast: { readonly yoga: number; readonly memory?: number };
  /** Those that may be asked again and again, for the same answer. */
  readonly repeatable: readonly Question[];
  /** One that was never asked before; its answer is as long as that to the others of the same time. */
  readonly fresh?: (name: string) => Question;
}

const operationText = (name: string): string =>
  readFileSync(new URL(`../../schema/operations/${name}.graphql`, import.meta.url), 'utf8');

/** What a page shows of each post. */
const POST = `query Post($id: ID!) {
  post(id: $id) {
    id
    body
    createdAt
    visibility
    viewerHasLiked
    author { id handle displayName }
    hashtags { id name }
    photos { id width height blurhash altText variants { size format width height url } }
    stats { likes comments }
  }
}`;

export function operations({ data }: Setting): readonly Operation[] {
  const posts = (data.posts as unknown as readonly PostItem[]).filter(({ item }) => item === 'POST');
  const ids = posts.map(({ postId }) => Buffer.from(`Post:${postId}`).toString('base64url')).sort();
  return [
    {
      name: 'a post',
      caller: 'viewer',
      atLeast: { yoga: 3, memory: 1 / 2 },
      repeatable: ids.map((id) => ({ query: POST, variables: { id } })),
    },
    {
      name: `a page of ${PAGE} posts`,
      caller: 'viewer',
      atLeast: { yoga: 3, memory: 1 / 4 },
      repeatable: [{ query: operationText('Feed'), variables: { first: PAGE } }],
    },
    {
      name: 'create a post',
      caller: 'writer',
      atLeast: { yoga: 3 },
      repeatable: [],
      fresh: (name) => ({
        query: operationText('CreatePost'),
        variables: {
          input: {
            idempotencyKey: ulid(Date.now(), name),
            body: filled('Written ', POSTED_BYTES),
            visibility: 'PUBLIC',
          },
        },
      }),
    },
  ];
}
