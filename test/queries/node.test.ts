import { describe, expect, it } from 'vitest';
import { graphql, invalidArgument, notAuthorized, publicCaller } from '../support/graphql.ts';
import { newMember } from '../support/member.ts';
import { comment, deletePost, globalId, post, report, storePhoto, userId } from '../support/social.ts';
import { ulid } from '../support/ulid.ts';

const NODES = 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }';
const NODE = 'query ($id: ID!) { node(id: $id) { __typename id } }';
const [author, reader, moderator] = await Promise.all([
  newMember(),
  newMember(),
  newMember({ groups: ['moderators'] }),
]);
const [open, closed, gone] = await Promise.all([post(author), post(author, { visibility: 'FOLLOWERS' }), post(author)]);
await deletePost(author, gone);
const [byReader, underClosed] = await Promise.all([comment(reader, open), comment(author, closed)]);
const [photo, reported] = await Promise.all([storePhoto(author), report(author, open.id)]);
const reportId = globalId('Report', reported.key);
const hashtagId = globalId('Hashtag', '猫');

describe('nodes', () => {
  it('are answered in the order asked for, with null for what the viewer may not see', async () => {
    const ids = [
      open.id,
      userId(author),
      closed.id,
      byReader.id,
      underClosed.id,
      hashtagId,
      gone.id,
      globalId('Post', ulid()),
      photo.id,
      reportId,
      reported.id,
      open.id,
    ];
    const node = (__typename: string, index: number) => ({ __typename, id: ids[index] });

    const [toReader, toAuthor, toModerator] = await Promise.all(
      [reader, author, moderator].map((member) => member.send(NODES, { ids })),
    );

    const shared = {
      0: node('Post', 0),
      1: node('User', 1),
      3: node('Comment', 3),
      5: node('Hashtag', 5),
      11: node('Post', 11),
    };
    const answer = (visible: Readonly<Record<number, object>>) => ({
      nodes: ids.map((_, index) => visible[index] ?? null),
    });
    expect(toReader?.data).toEqual(answer(shared));
    expect(toAuthor?.data).toEqual(
      answer({
        ...shared,
        2: node('Post', 2),
        4: node('Comment', 4),
        8: node('Photo', 8),
        9: node('Report', 9),
      }),
    );
    expect(toModerator?.data).toEqual(answer({ ...shared, 10: node('ModerationCase', 10) }));
  });

  it('may be 50', async () => {
    const { data } = await reader.send<{ nodes: object[] }>(NODES, {
      ids: Array.from({ length: 50 }, () => globalId('Comment', ulid(), ulid())),
    });

    expect(data.nodes).toEqual(Array.from({ length: 50 }, () => null));
  });

  it.each([0, 51])('cannot be %i', async (count) => {
    const { data, errors } = await reader.send(NODES, { ids: Array.from({ length: count }, () => open.id) });

    expect(data).toBeNull();
    expect(errors).toMatchObject([invalidArgument(['nodes'], `ids: ${count} is not within 1-50`)]);
  });

  it('are refused together when one id is none', async () => {
    const { data, errors } = await reader.send(NODES, { ids: [open.id, 'none'] });

    expect(data).toBeNull();
    expect(errors).toMatchObject([invalidArgument(['nodes'], "ids: 'none' is not an id of this service")]);
  });

  it('are refused to the public', async () => {
    const { errors } = await graphql(publicCaller, NODES, { ids: [open.id] });

    expect(errors).toMatchObject([notAuthorized('Query', 'nodes')]);
  });
});

describe('a node', () => {
  it.each([
    ['a post', open.id, 'Post'],
    ['a user', userId(author), 'User'],
    ['a comment', byReader.id, 'Comment'],
    ['a hashtag', hashtagId, 'Hashtag'],
  ])('is answered by its id: %s', async (_, id, __typename) => {
    expect((await reader.send(NODE, { id })).data).toEqual({ node: { __typename, id } });
  });

  it.each([
    ['a post for followers', closed.id],
    ['a comment under it', underClosed.id],
    ['a deleted post', gone.id],
    ["somebody else's photo", photo.id],
    ["somebody else's report", reportId],
    ['a case', reported.id],
    ["somebody else's notification", globalId('Notification', author.sub, `2025-01-31#LIKE#${open.key}`)],
  ])('is null when it is not to be seen: %s', async (_, id) => {
    expect((await reader.send(NODE, { id })).data).toEqual({ node: null });
  });

  it('is refused to the public', async () => {
    const { errors } = await graphql(publicCaller, NODE, { id: open.id });

    expect(errors).toMatchObject([notAuthorized('Query', 'node')]);
  });
});
