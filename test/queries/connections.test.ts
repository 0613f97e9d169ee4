import { describe, expect, it } from 'vitest';
import { graphql, invalidArgument, publicCaller } from '../support/graphql.ts';
import { newMember } from '../support/member.ts';
import { comment, follow, like, post, posts, userId } from '../support/social.ts';
import { ulid } from '../support/ulid.ts';

const [author, reader, moderator] = await Promise.all([
  newMember(),
  newMember(),
  newMember({ groups: ['moderators'] }),
]);
const discussed = await post(author);
const PAGE_INFO = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

interface Connection {
  readonly edges: readonly {
    readonly cursor: string;
    readonly node: { readonly body?: string; readonly id: string };
  }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const inUser = (field: string) => (args: string) =>
  `{ user(handle: "${author.handle}") { ${field}${args} { edges { cursor } } } }`;
const inPost = (field: string) => (args: string) =>
  `{ post(id: "${discussed.id}") { ${field}${args} { edges { cursor } } } }`;
const inViewer = (field: string) => (args: string) => `{ viewer { ${field}${args} { edges { cursor } } } }`;

/** Every list of the contract: where it stands and how to ask for it. */
const connections: readonly (readonly [path: string, query: (args: string) => string])[] = [
  ['viewer.feed', inViewer('feed')],
  ['viewer.notifications', inViewer('notifications')],
  ['viewer.jobs', inViewer('jobs')],
  ['user.posts', inUser('posts')],
  ['user.followers', inUser('followers')],
  ['user.following', inUser('following')],
  ['user.likedPosts', inUser('likedPosts')],
  ['post.comments', inPost('comments')],
  ['post.likers', inPost('likers')],
  ['hashtag.posts', (args) => `{ hashtag(name: "cat") { posts${args} { edges { cursor } } } }`],
  ['searchUsers', (args) => `{ searchUsers${args.replace('(', '(prefix: "zz", ')} { edges { cursor } } }`],
  ['trending', (args) => `{ trending${args} { edges { cursor } } }`],
  ['moderationQueue', (args) => `{ moderationQueue${args} { edges { cursor } } }`],
];

describe('the bounds of a page', () => {
  it.each(connections)('are kept by %s', async (path, query) => {
    const refused: readonly (readonly [args: string, message: string])[] = [
      ['(first: 0)', 'first: 0 is not within 1-50'],
      ['(first: 51)', 'first: 51 is not within 1-50'],
      ['(last: -1)', 'last: -1 is not within 1-50'],
      ['(last: 51)', 'last: 51 is not within 1-50'],
      ['(first: 1, last: 1)', 'give first and after, or last and before, not both'],
      ['(after: "MQ", before: "MQ")', 'give first and after, or last and before, not both'],
      ['(before: "MQ")', 'before: give last, too'],
      ['(after: "!")', "after: '!' is not a cursor of this service"],
      ['(after: "")', "after: '' is not a cursor of this service"],
      ['(last: 1, before: "a")', "before: 'a' is not a cursor of this service"],
    ];

    const answers = await Promise.all(refused.map(([args]) => moderator.send(query(args))));

    expect(answers.map(({ errors }) => errors)).toMatchObject(
      refused.map(([, message]) => [invalidArgument(path.split('.'), message)]),
    );
    for (const args of ['(first: 1)', '(first: 50)', '(last: 50)']) {
      expect((await moderator.send(query(args))).errors).toEqual([]);
    }
  });
});

describe("a post's comments", () => {
  const COMMENTS = `query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String, $order: CommentOrder) {
    post(id: $id) {
      comments(first: $first, after: $after, last: $last, before: $before, order: $order) {
        edges { cursor node { id body } } ${PAGE_INFO}
      }
    }
  }`;
  const read = async (id: string, variables: object): Promise<Connection> => {
    const answer = await graphql<{ post: { comments: Connection } }>(publicCaller, COMMENTS, { id, ...variables });
    return answer.data.post.comments;
  };
  const bodies = ({ edges }: Connection) => edges.map(({ node }) => node.body);

  async function fiveComments() {
    const under = await post(author);
    const start = Date.now() - 5;
    await Promise.all(
      ['1', '2', '3', '4', '5'].map((body, index) => comment(reader, under, body, ulid(start + index))),
    );
    return under.id;
  }

  it('come newest first or, as a conversation, oldest first', async () => {
    const id = await fiveComments();

    expect(bodies(await read(id, {}))).toEqual(['5', '4', '3', '2', '1']);
    expect(bodies(await read(id, { order: 'OLDEST_FIRST' }))).toEqual(['1', '2', '3', '4', '5']);
  });

  it.each([
    ['NEWEST_FIRST', ['5', '4', '3', '2', '1']],
    ['OLDEST_FIRST', ['1', '2', '3', '4', '5']],
  ])('page in both directions, %s', async (order, all) => {
    const id = await fiveComments();

    const first = await read(id, { order, first: 2 });
    const second = await read(id, { order, first: 2, after: first.pageInfo.endCursor });
    const third = await read(id, { order, first: 2, after: second.pageInfo.endCursor });
    const back = await read(id, { order, last: 2, before: third.pageInfo.startCursor });
    const end = await read(id, { order, last: 2 });

    expect([first, second, third, back, end].map(bodies)).toEqual([
      all.slice(0, 2),
      all.slice(2, 4),
      all.slice(4),
      all.slice(2, 4),
      all.slice(3),
    ]);
    expect([first, second, third, back, end].map(({ pageInfo }) => pageInfo)).toMatchObject([
      { hasNextPage: true, hasPreviousPage: false },
      { hasNextPage: true, hasPreviousPage: true },
      { hasNextPage: false, hasPreviousPage: true },
      { hasNextPage: true, hasPreviousPage: true },
      { hasNextPage: false, hasPreviousPage: true },
    ]);
  });

  it('have a cursor each, which leads on from there even when the comment is gone', async () => {
    const id = await fiveComments();
    const { edges, pageInfo } = await read(id, {});
    expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual([edges[0]?.cursor, edges[4]?.cursor]);
    await reader.send('mutation ($id: ID!) { deleteComment(id: $id) { id } }', { id: edges[1]?.node.id });

    const rest = await read(id, { after: edges[1]?.cursor });
    const short = await read(id, { first: 2 });

    expect(bodies(rest)).toEqual(['3', '2', '1']);
    // The page is judged before the deleted comment is taken out of it.
    expect(bodies(short)).toEqual(['5']);
    expect(short.pageInfo).toMatchObject({ hasNextPage: true, endCursor: edges[1]?.cursor });
  });
});

describe('likes and follows', () => {
  it('list those who like a post, newest like first, with its time', async () => {
    const liked = await post(author);
    const fans = [await newMember(), await newMember()];
    for (const fan of fans) await like(fan, liked);

    const { data } = await graphql<{ post: { likers: Connection } }>(
      publicCaller,
      `query ($id: ID!) { post(id: $id) { likers { edges { likedAt node { id } } ${PAGE_INFO} } } }`,
      { id: liked.id },
    );

    const likedAt = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string;
    expect(data.post.likers.edges).toEqual([...fans].reverse().map((fan) => ({ likedAt, node: { id: userId(fan) } })));
  });

  it("list a member's liked posts, newest post first, public ones and the viewer's own", async () => {
    const fan = await newMember();
    await follow(fan, author);
    const [first, second] = await posts(author, ['liked 1', 'liked 2']);
    const [secret] = await posts(author, ['secret'], { visibility: 'FOLLOWERS' });
    for (const liked of [second, secret, first]) if (liked) await like(fan, liked);
    const LIKED = 'query ($handle: String!) { user(handle: $handle) { likedPosts { edges { node { body } } } } }';

    const answers = await Promise.all([reader, author].map((member) => member.send(LIKED, { handle: fan.handle })));
    const anonymous = await graphql(publicCaller, LIKED, { handle: fan.handle });

    const edges = (...texts: string[]) => ({
      user: { likedPosts: { edges: texts.map((body) => ({ node: { body } })) } },
    });
    expect(answers.map(({ data }) => data)).toEqual([
      edges('liked 2', 'liked 1'),
      edges('secret', 'liked 2', 'liked 1'),
    ]);
    expect(anonymous.data).toEqual({ user: { likedPosts: null } });
    expect(anonymous.errors).toMatchObject([
      { path: ['user', 'likedPosts'], message: 'Not Authorized to access likedPosts on type User' },
    ]);
  });

  it('list followers and followed people page by page, each once', async () => {
    const star = await newMember();
    const fans = await Promise.all([newMember(), newMember(), newMember()]);
    await Promise.all(fans.flatMap((fan) => [follow(fan, star), follow(star, fan)]));
    const read = async (field: string, after: string | null): Promise<Connection | undefined> => {
      const { data } = await reader.send<{ user: Record<string, Connection> }>(
        `query ($handle: String!, $after: String) {
          user(handle: $handle) { ${field}(first: 2, after: $after) { edges { cursor node { id } } ${PAGE_INFO} } }
        }`,
        { handle: star.handle, after },
      );
      return data.user[field];
    };
    for (const field of ['followers', 'following']) {
      const first = await read(field, null);
      const second = await read(field, first?.pageInfo.endCursor ?? null);

      expect([first?.edges.length, second?.edges.length]).toEqual([2, 1]);
      expect([first?.pageInfo.hasNextPage, second?.pageInfo.hasNextPage]).toEqual([true, false]);
      const seen = [first, second].flatMap((page) => page?.edges ?? []).map(({ node }) => node.id);
      expect(seen.sort()).toEqual(fans.map((fan) => userId(fan)).sort());
    }
  });
});
