import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manualClock, type ObservedCall, seededRandom, startLocal } from '@hiroba/local';
import { installedLayers } from '../infra/testing/installedLayers.ts';
import { publish } from '../infra/publish.ts';
import type { SynthesizedTarget } from '../infra/targets.ts';
import { emailOf, type Person } from '../seed/people.ts';
import { replay } from '../seed/replay.ts';
import { ulid } from '../seed/ulid.ts';
import { answering } from './answering.ts';
import { connectTo } from './connectTo.ts';
import { moderator, others, star, viewer } from './people.ts';
import { worldPlan } from './plan.ts';

/** The seeded past ends here. Within the life of the API keys of `exampleConfig`. */
const NOW = Date.UTC(2026, 10, 22);
/** A page of the moderation queue. */
const REPORTS = 22;

export interface Answer {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string }[];
}

/** A running system with people in it, of which every metered call is seen. */
export interface World {
  readonly endpoint: string;
  readonly realtimeUrl: string;
  /** Headers of the callers that operations are made by. */
  readonly callers: { readonly [caller in Caller]: Readonly<Record<string, string>> };
  /** Global ids. */
  readonly starId: string;
  readonly strangerId: string;
  /** Of the star, liked and commented on. */
  readonly postId: string;
  /** Of the viewer. */
  readonly ownPostId: string;
  /** An idempotency key of this moment, a new one for each name. */
  key(name: string): string;
  readonly now: string;
  send(caller: Caller, query: string, variables: object): Promise<{ readonly answer: Answer; readonly text: string }>;
  /** What was called since the last time; waits until nothing is left to process. */
  takeCalls(): Promise<readonly ObservedCall[]>;
  close(): Promise<void>;
}

/** `newcomer` has signed up and has no handle yet. */
export type Caller = 'viewer' | 'moderator' | 'public' | 'newcomer';

/** Runs the Terraform in memory, with the time and the randomness of a fixed day, and replays the plan through the API. */
export async function openWorld({ files }: Pick<SynthesizedTarget, 'files'>): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'hiroba-measure-'));
  publish(folder, answering(files));
  let calls: ObservedCall[] = [];
  const system = await startLocal({
    from: folder,
    port: 0,
    awsPort: 0,
    dataDirectory: null,
    layers: installedLayers,
    clock: manualClock(NOW),
    random: seededRandom('measure'),
    onCall: (call) => calls.push(call),
  });
  try {
    const { configuration } = system;
    if (!configuration) throw new Error('the Terraform has no GraphQL API');
    const seeded = await connectTo(system, folder);
    await replay(seeded, worldPlan(), { until: NOW, progress: () => undefined });
    await seeded.control('clock', { Time: new Date(NOW).toISOString() });

    const signedIn = async (person: Pick<Person, 'key'>) => ({ authorization: await seeded.signIn(emailOf(person)) });
    const newcomer = { key: 'newcomer' };
    await seeded.cognito('AdminCreateUser', {
      UserPoolId: seeded.userPoolId,
      Username: emailOf(newcomer),
      MessageAction: 'SUPPRESS',
    });
    const callers = {
      viewer: await signedIn(viewer),
      moderator: await signedIn(moderator),
      newcomer: await signedIn(newcomer),
      public: { 'x-api-key': configuration.apiKey ?? '' },
    };
    const key = (name: string): string => ulid(NOW, name);
    const send = async (headers: Record<string, string>, query: string, variables: object) => {
      const body = JSON.stringify({ query, variables });
      const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body };
      const text = await (await fetch(configuration.endpoint, init)).text();
      return { answer: JSON.parse(text) as Answer, text };
    };
    const idsOf = async ({ handle }: Person) => {
      const { answer } = await send(callers.viewer, IDS, { handle });
      const { user } = answer.data as { user: { id: string; posts: { edges: { node: { id: string } }[] } } };
      return { id: user.id, postId: user.posts.edges[0]?.node.id ?? '' };
    };
    const stranger = others.at(-1);
    if (!stranger) throw new Error('there are others');
    const [starIds, viewerIds, strangerIds] = [await idsOf(star), await idsOf(viewer), await idsOf(stranger)];
    for (const [index, person] of others.slice(0, REPORTS).entries()) {
      const input = { idempotencyKey: key(`report ${index}`), subjectId: starIds.postId, reason: 'SPAM' };
      await send(await signedIn(person), REPORT, { input });
    }
    await system.idle();
    calls = [];

    return {
      endpoint: configuration.endpoint,
      realtimeUrl: configuration.realtimeUrl,
      callers,
      starId: starIds.id,
      strangerId: strangerIds.id,
      postId: starIds.postId,
      ownPostId: viewerIds.postId,
      key,
      now: new Date(NOW).toISOString(),
      send: (caller, query, variables) => send(callers[caller], query, variables),
      async takeCalls() {
        await system.idle();
        const taken = calls;
        calls = [];
        return taken;
      },
      async close() {
        await system.close();
        await rm(folder, { recursive: true });
      },
    };
  } catch (error) {
    await system.close();
    await rm(folder, { recursive: true });
    throw error;
  }
}

const IDS = 'query ($handle: String!) { user(handle: $handle) { id posts(first: 1) { edges { node { id } } } } }';
const REPORT = 'mutation ($input: CreateReportInput!) { createReport(input: $input) { userErrors { code message } } }';
