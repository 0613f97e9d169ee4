import { uniform } from '../traffic/random.ts';
import { BadOption } from '../badOption.ts';
import type { Member, Square } from './square.ts';

interface Found {
  readonly id: string;
  readonly handle: string | null;
  readonly posts: { readonly edges: readonly { readonly node: { readonly id: string } }[] };
}

const VIEWER = 'query { viewer { user { id handle posts(first: 50) { edges { node { id } } } } } }';
/** A few at a time: who answers is one process, perhaps. */
const AT_ONCE = 8;

/** What is there, seen by those who are signed in. Which posts are popular, the seed draws. */
export async function discover(
  { endpoint, apiKey, hashtag }: Pick<Square, 'endpoint' | 'apiKey' | 'hashtag'>,
  tokens: readonly string[],
  seed: string,
): Promise<Square> {
  const waiting = [...tokens.entries()];
  const found: { readonly member: Member; readonly posts: readonly string[] }[] = [];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [index, token] = next;
        const user = await viewerOf(endpoint, token);
        if (!user?.handle) continue;
        found[index] = {
          member: { id: user.id, handle: user.handle, token },
          posts: user.posts.edges.map(({ node }) => node.id),
        };
      }
    }),
  );
  const present = found.filter(Boolean);
  const posts = shuffled(
    present.flatMap((each) => each.posts),
    seed,
  );
  if (present.length === 0 || posts.length === 0)
    throw new BadOption(
      `There are ${present.length} people with a handle and ${posts.length} posts at ${endpoint}: fill it first, with npm run seed.`,
    );
  return { endpoint, apiKey, hashtag, posts, people: present.map(({ member }) => member) };
}

async function viewerOf(endpoint: string, token: string): Promise<Found | null> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: token },
    body: JSON.stringify({ query: VIEWER }),
  });
  const { data, errors } = (await response.json()) as {
    readonly data?: { readonly viewer: { readonly user: Found | null } | null } | null;
    readonly errors?: readonly { readonly message: string }[];
  };
  if (errors?.[0]) throw new BadOption(`${endpoint} refuses who is signed in: ${errors[0].message}`);
  return data?.viewer?.user ?? null;
}

/** Ids are by time, and popularity is not. */
function shuffled(ids: readonly string[], seed: string): readonly string[] {
  const random = uniform(`${seed} popularity`);
  return [...ids]
    .sort()
    .map((id) => ({ id, weight: random() }))
    .sort((a, b) => a.weight - b.weight)
    .map(({ id }) => id);
}
