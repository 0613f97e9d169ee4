import { describe, expect, it } from 'vitest';
import { graphql, notAuthorized, publicCaller } from '../support/graphql.ts';
import { newMember } from '../support/member.ts';
import { post, report, userId } from '../support/social.ts';
import { ulid } from '../support/ulid.ts';

const QUEUE = `query ($status: CaseStatus! = OPEN, $first: Int, $after: String, $last: Int, $before: String) {
  moderationQueue(status: $status, first: $first, after: $after, last: $last, before: $before) {
    edges {
      cursor
      node {
        id reason details status evidenceCount decision createdAt
        subject { __typename ... on Post { id body visibility } } reporter { id } history { action note }
      }
    }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;
interface Queue {
  readonly moderationQueue: {
    readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
    readonly pageInfo: { readonly endCursor: string };
  };
}
const [moderator, reporter] = await Promise.all([newMember({ groups: ['moderators'] }), newMember()]);
const subject = await post(reporter, { body: 'Hidden', visibility: 'FOLLOWERS' });
/** Of different milliseconds, none of them the present one: the queue is shared with other tests. */
const times = [-240_000, -239_999, -239_998].map((offset) => Date.now() + offset);
const [first, second, third] = await Promise.all(times.map((time) => report(reporter, subject.id, ulid(time))));

const read = async (variables: object): Promise<Queue['moderationQueue']> =>
  (await moderator.send<Queue>(QUEUE, variables)).data.moderationQueue;

/** The cursor just before the first case. */
const start = Buffer.from(new Date((times[0] ?? 0) - 1).toISOString()).toString('base64url');

describe('the moderation queue', () => {
  it('shows open cases whole, oldest first', async () => {
    const { edges } = await read({ first: 3, after: start });

    expect(edges.map(({ node }) => node.id)).toEqual([first?.id, second?.id, third?.id]);
    expect(edges[0]?.node).toEqual({
      id: first?.id,
      reason: 'SPAM',
      details: null,
      status: 'OPEN',
      evidenceCount: 0,
      decision: null,
      createdAt: new Date(times[0] ?? 0).toISOString(),
      subject: { __typename: 'Post', id: subject.id, body: 'Hidden', visibility: 'FOLLOWERS' },
      reporter: { id: userId(reporter) },
      history: [{ action: 'REPORTED', note: null }],
    });
  });

  it('pages forward and backward', async () => {
    const page = await read({ first: 1, after: start });
    const next = await read({ first: 2, after: page.pageInfo.endCursor });
    const back = await read({ last: 1, before: next.edges[1]?.cursor });

    expect(page.edges.map(({ node }) => node.id)).toEqual([first?.id]);
    expect(page.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
    expect(next.edges.map(({ node }) => node.id)).toEqual([second?.id, third?.id]);
    expect(back.edges.map(({ node }) => node.id)).toEqual([second?.id]);
  });

  it('moves a case to the other queue when it is decided', async () => {
    const time = Date.now() - 280_000;
    const { id } = await report(reporter, userId(moderator), ulid(time));
    const after = Buffer.from(new Date(time - 1).toISOString()).toString('base64url');
    expect((await read({ first: 1, after })).edges.map(({ node }) => node.id)).toEqual([id]);

    await moderator.send('mutation ($id: ID!) { decideModeration(caseId: $id, decision: DISMISS) { case { id } } }', {
      id,
    });

    expect((await read({ first: 1, after })).edges.map(({ node }) => node.id)).not.toContain(id);
    const decided = await read({ status: 'DECIDED', first: 1, after });
    expect(decided.edges.map(({ node }) => node)).toMatchObject([{ id, status: 'DECIDED', decision: 'DISMISS' }]);
  });

  it('is refused to the public and to members who are no moderators', async () => {
    const operator = await newMember({ groups: ['operators'] });

    for (const { data, errors } of [
      await graphql(publicCaller, QUEUE),
      await reporter.send(QUEUE),
      await operator.send(QUEUE),
    ]) {
      expect(data).toBeNull();
      expect(errors).toMatchObject([notAuthorized('Query', 'moderationQueue')]);
    }
  });
});
