import { emailOf, type Person } from './people.ts';
import type { SeedEvent, SeedPlan } from './plan.ts';
import { Refused, type SeededSystem } from './system.ts';
import { ulid } from './ulid.ts';
import users from './users.json' with { type: 'json' };

const DAY = 86_400_000;

interface Member {
  readonly person: Person;
  /** The global id. */
  id: string;
}

/** Replays a plan through the API, moving the local clock through its days. `until` is its end, epoch milliseconds. */
export async function replay(
  system: SeededSystem,
  plan: SeedPlan,
  options: { readonly until: number; readonly progress: (line: string) => void },
): Promise<{ mutations: number }> {
  const { until, progress } = options;
  const members = new Map(plan.people.map((person): [string, Member] => [person.key, { person, id: '' }]));
  const posts = new Map<number, string>();
  let mutations = 0;

  await moveClock(system, until - (plan.slots[0]?.daysBefore ?? 0) * DAY - DAY);
  await inTurns(plan.people, async (person) => {
    const member = members.get(person.key);
    if (member) member.id = await join(system, person);
    mutations += 2;
  });
  progress(`${plan.people.length} members`);

  for (const [index, { daysBefore, events }] of plan.slots.entries()) {
    const now = until - daysBefore * DAY;
    await moveClock(system, now);
    const actors = [...new Set(events.map(({ actor }) => actor))];
    const tokens = new Map<string, string>();
    await inTurns(actors, async (actor) => {
      tokens.set(actor, await system.signIn(emailOf({ key: actor })));
    });
    await inTurns([...events.entries()], async ([position, event]) => {
      await perform(system, event, {
        token: tokens.get(event.actor) ?? '',
        key: ulid(now + position, `${index}/${position}`),
        members,
        posts,
      });
      mutations += 1;
    });
    progress(`${index + 1} of ${plan.slots.length} half days, ${mutations} mutations`);
  }
  await system.control('idle', {});
  return { mutations };
}

/** What streams still hold belongs to the time it was written at: handlers must see it before the clock moves on. */
async function moveClock(system: SeededSystem, time: number): Promise<void> {
  await system.control('idle', {});
  await system.control('clock', { Time: new Date(time).toISOString() });
}

/** A few at a time: the server is one process, and more would only wait there. */
async function inTurns<T>(items: readonly T[], run: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  await Promise.all(
    Array.from({ length: 6 }, async () => {
      for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await run(item);
    }),
  );
}

/** Makes the user and the profile. Only those who can be chosen for sign-in have a password. */
async function join(system: SeededSystem, person: Person): Promise<string> {
  const Username = emailOf(person);
  const pool = { UserPoolId: system.userPoolId };
  try {
    await system.cognito('AdminCreateUser', {
      ...pool,
      Username,
      MessageAction: 'SUPPRESS',
      UserAttributes: [
        { Name: 'email', Value: Username },
        { Name: 'email_verified', Value: 'true' },
        { Name: 'locale', Value: person.language.toLowerCase() },
      ],
    });
  } catch (error) {
    // A seed that was interrupted is taken up again.
    if (!(error instanceof Refused) || !error.code.endsWith('UsernameExistsException')) throw error;
  }
  if (users.users.some(({ username }) => username === Username)) {
    await system.cognito('AdminSetUserPassword', { ...pool, Username, Password: users.password, Permanent: true });
  }
  const group = GROUPS[person.key];
  if (group) await system.cognito('AdminAddUserToGroup', { ...pool, Username, GroupName: group });
  const token = await system.signIn(Username);
  await mutate(system, token, CLAIM, { handle: person.handle });
  const profile = { displayName: person.displayName, bio: person.bio };
  const { user } = await mutate<{ user: { id: string } }>(system, token, UPDATE, { input: profile });
  return user.id;
}

const GROUPS: Readonly<Record<string, string>> = { carroll: 'moderators', melville: 'operators' };

async function perform(
  system: SeededSystem,
  event: SeedEvent,
  context: { token: string; key: string; members: ReadonlyMap<string, Member>; posts: Map<number, string> },
): Promise<void> {
  const { token, key, members, posts } = context;
  switch (event.kind) {
    case 'follow':
      await mutate(system, token, FOLLOW, { userId: members.get(event.target)?.id });
      return;
    case 'post': {
      const input = { idempotencyKey: key, body: event.body, visibility: event.visibility };
      const { post } = await mutate<{ post: { id: string } }>(system, token, POST, { input });
      posts.set(event.post, post.id);
      return;
    }
    case 'like':
      await mutate(system, token, LIKE, { postId: posts.get(event.post) });
      return;
    case 'comment':
      await mutate(system, token, COMMENT, {
        input: { idempotencyKey: key, postId: posts.get(event.post), body: event.body },
      });
  }
}

interface Payload {
  readonly userErrors: readonly { readonly code: string; readonly message: string }[];
}

/** The payload of a mutation with one root field. A seed that is refused is a defect of the seed: it stops, with the reason. */
async function mutate<P extends object>(
  system: SeededSystem,
  token: string,
  document: string,
  variables: object,
): Promise<P> {
  const data = await system.graphql<Record<string, P & Payload>>(token, document, variables);
  const [answer] = Object.entries(data);
  if (!answer) throw new Error(`no answer to ${document}`);
  const [name, payload] = answer;
  const [error] = payload.userErrors;
  if (error) throw new Error(`${name}: ${error.code}: ${error.message}`);
  return payload;
}

const ERRORS = 'userErrors { code message }';
const CLAIM = `mutation ($handle: String!) { claimHandle(handle: $handle) { ${ERRORS} } }`;
const UPDATE = `mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { user { id } ${ERRORS} } }`;
const FOLLOW = `mutation ($userId: ID!) { followUser(userId: $userId) { ${ERRORS} } }`;
const POST = `mutation ($input: CreatePostInput!) { createPost(input: $input) { post { id } ${ERRORS} } }`;
const LIKE = `mutation ($postId: ID!) { likePost(postId: $postId) { ${ERRORS} } }`;
const COMMENT = `mutation ($input: CreateCommentInput!) { createComment(input: $input) { ${ERRORS} } }`;
