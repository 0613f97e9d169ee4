import { randomInt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { graphql, invalidArgument, notAuthorized, publicCaller } from '../support/graphql.ts';
import { type Member, newMember } from '../support/member.ts';
import { block, suspendedMember } from '../support/social.ts';

const SEARCH = `query ($prefix: String!, $first: Int, $after: String, $last: Int, $before: String) {
  searchUsers(prefix: $prefix, first: $first, after: $after, last: $last, before: $before) {
    edges { node { handle } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;
interface Found {
  readonly searchUsers: {
    readonly edges: readonly { readonly node: { readonly handle: string } }[];
    readonly pageInfo: { readonly startCursor: string; readonly endCursor: string };
  };
}
const [reader, hanako, hanami, hana, suspended] = await Promise.all([
  newMember(),
  newMember(),
  newMember(),
  newMember(),
  suspendedMember(),
]);
/** Three kanji that no other run of these tests searches for. */
const name = Array.from({ length: 3 }, () => String.fromCodePoint(randomInt(0x4e00, 0x9fa0))).join('');
const claim = (member: Member, handle: string) =>
  member.send('mutation ($handle: String!) { claimHandle(handle: $handle) { user { id } } }', { handle });
await Promise.all([claim(hanako, `${name}子`), claim(hanami, `${name}見`), claim(hana, name)]);

const search = (variables: object, member = reader) => member.send<Found>(SEARCH, variables);
const handles = ({ data }: { data: Found }) => data.searchUsers.edges.map(({ node }) => node.handle);

describe('a search for people', () => {
  it('finds those whose handle begins with the text, by handle', async () => {
    const answer = await search({ prefix: name });

    // By code point: 子 is U+5B50, 見 U+898B.
    expect(handles(answer)).toEqual([name, `${name}子`, `${name}見`]);
    expect(answer.data.searchUsers.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: false });
  });

  it('takes a mark, full-width letters and capitals for the stored form', async () => {
    const latin = await newMember();

    expect(handles(await search({ prefix: ` ＠Ｍ${latin.handle.slice(1).toUpperCase()}` }))).toEqual([latin.handle]);
  });

  it('pages forward and backward', async () => {
    const first = await search({ prefix: name, first: 2 });
    const second = await search({ prefix: name, first: 2, after: first.data.searchUsers.pageInfo.endCursor });
    const back = await search({ prefix: name, last: 1, before: second.data.searchUsers.pageInfo.startCursor });
    const end = await search({ prefix: name, last: 2 });

    expect([first, second, back, end].map(handles)).toEqual([
      [name, `${name}子`],
      [`${name}見`],
      [`${name}子`],
      [`${name}子`, `${name}見`],
    ]);
    expect([first, second, back, end].map(({ data }) => data.searchUsers.pageInfo)).toMatchObject([
      { hasNextPage: true, hasPreviousPage: false },
      { hasNextPage: false, hasPreviousPage: true },
      { hasNextPage: true, hasPreviousPage: true },
      { hasNextPage: false, hasPreviousPage: true },
    ]);
  });

  it('leaves out who is suspended or has blocked the viewer', async () => {
    const blocker = await newMember();
    await block(blocker, reader);

    expect(handles(await search({ prefix: suspended.handle }))).toEqual([]);
    expect(handles(await search({ prefix: blocker.handle }))).toEqual([]);
    expect(handles(await search({ prefix: blocker.handle }, hanako))).toEqual([blocker.handle]);
  });

  it.each(['', 'あ', 'a b', '%'])('is refused for %j', async (prefix) => {
    const { data, errors } = await search({ prefix });

    expect(data).toBeNull();
    const message = 'prefix: 2-30 letters, digits or underscores of any script';
    expect(errors).toMatchObject([invalidArgument(['searchUsers'], message)]);
  });

  it('is refused with a cursor of another search', async () => {
    const { data } = await search({ prefix: name, first: 1 });

    const { errors } = await search({ prefix: 'zz', after: data.searchUsers.pageInfo.endCursor });

    expect(errors).toMatchObject([invalidArgument(['searchUsers'], 'the cursor is one of another search')]);
  });

  it('is refused to the public', async () => {
    const { errors } = await graphql(publicCaller, SEARCH, { prefix: name });

    expect(errors).toMatchObject([notAuthorized('Query', 'searchUsers')]);
  });
});
