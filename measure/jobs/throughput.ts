import { ulid } from '../../seed/ulid.ts';
import { type Row, timed } from './row.ts';
import { like, post } from './social.ts';
import type { Item, Workshop } from './workshop.ts';

const FOLLOWERS = 10_000 - 1;
const POSTS = 20;
const LIKES = 4_000;

/** From a post to its last entry in the timelines, of an author who is just not merged at read yet. */
export async function fanOut(workshop: Workshop): Promise<Row[]> {
  const author = await workshop.newMember('author');
  const now = workshop.system.clock.now();
  // Edges of a kind that only the index of followers knows: nobody counts them or is told of them.
  const crowd = Array.from({ length: FOLLOWERS }, (_, index) => ({
    userId: `crowd-${index}`,
    edge: `CROWD#${author.sub}`,
    subject: `FOLLOW#${author.sub}#0`,
    edgeId: ulid(now, `crowd ${index}`),
  }));
  await workshop.store('edges', crowd);
  await workshop.system.idle();
  const seconds = await timed(async () => {
    await post(workshop, author, 'to everybody');
    await workshop.system.idle();
  });
  const how = `one post to ${FOLLOWERS.toLocaleString('en')} followers`;
  return [{ what: 'fan-out', value: FOLLOWERS / seconds, unit: 'entries/s', how }];
}

/** From the first like to the last that is counted, with the notifications that follow from it. */
export async function counters(workshop: Workshop): Promise<Row[]> {
  const [author, fan] = [await workshop.newMember('counted'), await workshop.newMember('fan')];
  const posts = await Promise.all(
    Array.from({ length: POSTS }, (_, index) => post(workshop, author, `liked ${index}`)),
  );
  const models = await Promise.all(posts.map((postId) => likeOf(workshop, { fan, postId })));
  await workshop.system.idle();
  const likes = Array.from({ length: LIKES }, (_, index) => ({
    ...models[index % POSTS],
    userId: `fan-${index}`,
    edgeId: ulid(workshop.system.clock.now(), `like ${index}`),
  }));
  const seconds = await timed(async () => {
    await workshop.store('edges', likes);
    await workshop.system.idle();
  });
  await mustBeCounted(workshop, posts);
  const how = `${LIKES.toLocaleString('en')} likes of ${POSTS} posts at once, notifications included`;
  return [{ what: 'counter updates', value: LIKES / seconds, unit: 'changes/s', how }];
}

/** A like as the API stores it, for others to be made like it. */
async function likeOf(
  workshop: Workshop,
  { fan, postId }: { readonly fan: Parameters<typeof like>[1]; readonly postId: string },
): Promise<Item> {
  await like(workshop, fan, postId);
  const stored = await workshop.read('edges', { userId: fan.sub, edge: `LIKE#${postId}` });
  if (!stored) throw new Error(`the like of ${postId} is not stored`);
  return stored;
}

async function mustBeCounted(workshop: Workshop, posts: readonly string[]): Promise<void> {
  for (const postId of posts) {
    const { likeCount } = (await workshop.read('posts', { postId, item: 'STATS' })) ?? {};
    if (likeCount !== LIKES / POSTS + 1) throw new Error(`${postId} has ${String(likeCount)} likes`);
  }
}
