import { ulid } from '../../seed/ulid.ts';
import type { FaultySystem } from './faultySystem.ts';
import { type Member, type Model, type ModelPost, pair } from './model.ts';
import { globalId } from './people.ts';
import { uploadPhoto } from './photos.ts';

export interface Scene {
  readonly system: FaultySystem;
  readonly model: Model;
  readonly members: readonly Member[];
  /** From 0 to 1, by the seed. */
  readonly next: () => number;
}

/** What a member does; `done` is told when the backend has acknowledged it, with what it answered. */
export interface Act {
  readonly member: Member;
  readonly mutation: string;
  readonly variables: object;
  done(answer: object): void | Promise<void>;
}

const ROUNDS = 14;
const ACTING_AT_A_TIME = 5;
const SECOND = 1_000;

/**
 * Rounds in which some members do something at the same time. In between the clock goes on a little, now and then far enough
 * for batches to end and what failed to be tried again.
 */
export async function play(scene: Scene): Promise<void> {
  const { system, members, next } = scene;
  for (let round = 0; round < ROUNDS; round += 1) {
    const acting = shuffled(members, next).slice(0, ACTING_AT_A_TIME);
    const acts = acting.flatMap((member, index) => chooseAct(scene, member, `${round} ${index}`) ?? []);
    await Promise.all(acts.map((act) => perform(system, act)));
    const blocker = round % 7 === 6 ? chooseBlock(scene) : null;
    if (blocker) await perform(system, blocker);
    const { clock } = system.local;
    const seconds = next() < 0.3 ? 5 : 1;
    await system.local.travel(clock.now() + seconds * SECOND);
  }
}

async function perform(system: FaultySystem, { member, mutation, variables, done }: Act): Promise<void> {
  const answer = await system.ask<{ done: { userErrors: object[] } }>(member.token, mutation, variables);
  if (answer.done.userErrors.length === 0) await done(answer.done);
}

/** Null when there is nothing to do it with. */
function chooseAct(scene: Scene, member: Member, name: string): Act | null {
  const { next } = scene;
  const luck = next();
  const found = ACTS.find(({ upTo }) => luck < upTo) ?? ACTS[0]!;
  return found.make(scene, member, name);
}

const ACTS: readonly {
  readonly upTo: number;
  readonly make: (scene: Scene, member: Member, name: string) => Act | null;
}[] = [
  { upTo: 0.24, make: writePost },
  { upTo: 0.42, make: changeFollow },
  { upTo: 0.68, make: changeLike },
  { upTo: 0.8, make: writeComment },
  { upTo: 0.85, make: deleteComment },
  { upTo: 0.9, make: deletePost },
  { upTo: 0.97, make: uploadPhoto },
  { upTo: 1, make: askForExport },
];

function writePost({ system, model, next }: Scene, member: Member, name: string): Act {
  const key = ulid(system.local.clock.now(), `post ${name} ${member.name}`);
  const visibility = next() < 0.8 ? 'PUBLIC' : 'FOLLOWERS';
  const input = { idempotencyKey: key, body: `${name} #faults`, visibility };
  return {
    member,
    mutation: 'mutation ($input: CreatePostInput!) { done: createPost(input: $input) { userErrors { code } } }',
    variables: { input },
    done: () =>
      void model.posts.push({
        key,
        author: member.name,
        isLive: true,
        likers: new Set(),
        everLiked: new Set(),
        comments: new Map(),
        everCommented: new Set(),
      }),
  };
}

function changeFollow({ model, members, next }: Scene, member: Member): Act | null {
  const other = pick(
    members.filter(({ name }) => name !== member.name),
    next,
  );
  if (!other) return null;
  const key = pair(member.name, other.name);
  const ends = model.follows.has(key);
  const field = ends ? 'unfollowUser' : 'followUser';
  return {
    member,
    mutation: `mutation ($id: ID!) { done: ${field}(userId: $id) { userErrors { code } } }`,
    variables: { id: globalId('User', other.sub) },
    done() {
      if (ends) model.follows.delete(key);
      else {
        model.follows.add(key);
        model.everFollowed.add(key);
      }
    },
  };
}

function changeLike({ model, next }: Scene, member: Member): Act | null {
  const post = pick(live(model), next);
  if (!post) return null;
  const ends = post.likers.has(member.name);
  const field = ends ? 'unlikePost' : 'likePost';
  return {
    member,
    mutation: `mutation ($id: ID!) { done: ${field}(postId: $id) { userErrors { code } } }`,
    variables: { id: globalId('Post', post.key) },
    done() {
      if (ends) post.likers.delete(member.name);
      else {
        post.likers.add(member.name);
        post.everLiked.add(member.name);
      }
    },
  };
}

function writeComment({ system, model, next }: Scene, member: Member, name: string): Act | null {
  const post = pick(live(model), next);
  if (!post) return null;
  const key = ulid(system.local.clock.now(), `comment ${name} ${member.name}`);
  const input = { idempotencyKey: key, postId: globalId('Post', post.key), body: name };
  return {
    member,
    mutation: 'mutation ($input: CreateCommentInput!) { done: createComment(input: $input) { userErrors { code } } }',
    variables: { input },
    done() {
      post.comments.set(key, member.name);
      post.everCommented.add(member.name);
    },
  };
}

function deleteComment({ model, next }: Scene, member: Member): Act | null {
  const own = live(model).flatMap((post) =>
    [...post.comments].filter(([, author]) => author === member.name).map(([key]) => ({ post, key })),
  );
  const found = pick(own, next);
  if (!found) return null;
  const { post, key } = found;
  return {
    member,
    mutation: 'mutation ($id: ID!) { done: deleteComment(id: $id) { userErrors { code } } }',
    variables: { id: globalId('Comment', post.key, key) },
    done: () => void post.comments.delete(key),
  };
}

function deletePost({ model, next }: Scene, member: Member): Act | null {
  const post = pick(
    live(model).filter(({ author }) => author === member.name),
    next,
  );
  if (!post) return null;
  return {
    member,
    mutation: 'mutation ($id: ID!) { done: deletePost(id: $id) { userErrors { code } } }',
    variables: { id: globalId('Post', post.key) },
    done() {
      post.isLive = false;
    },
  };
}

/** Once each: another one may follow after a day. */
function askForExport({ model }: Scene, member: Member): Act | null {
  if (model.exports.has(member.name)) return null;
  return {
    member,
    mutation: 'mutation { done: requestDataExport { userErrors { code } } }',
    variables: {},
    done: () => void model.exports.add(member.name),
  };
}

/** Alone, since a follow at the same time may come before it or after it. */
function chooseBlock({ model, members, next }: Scene): Act | null {
  const [member, other] = shuffled(members, next);
  if (!member || !other) return null;
  const both = [pair(member.name, other.name), pair(other.name, member.name)];
  return {
    member,
    mutation: 'mutation ($id: ID!) { done: blockUser(userId: $id) { userErrors { code } } }',
    variables: { id: globalId('User', other.sub) },
    done() {
      for (const key of both) {
        model.blocked.add(key);
        model.follows.delete(key);
      }
    },
  };
}

const live = ({ posts }: Model): ModelPost[] => posts.filter(({ isLive }) => isLive);

const pick = <T>(from: readonly T[], next: () => number): T | undefined => from[Math.floor(next() * from.length)];

function shuffled<T>(from: readonly T[], next: () => number): T[] {
  return from
    .map((value) => ({ value, rank: next() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ value }) => value);
}
