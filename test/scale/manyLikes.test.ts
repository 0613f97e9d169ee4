import { expect, test } from 'vitest';
import { settled, storedItem } from '../support/aws.ts';
import { now } from '../support/clock.ts';
import { type Member, newMember } from '../support/member.ts';
import { like, post } from '../support/social.ts';
import { ulid } from '../support/ulid.ts';

const MEMBERS = 200;

test('hundreds of likes and unlikes at once are counted exactly', async () => {
  const author = await newMember();
  const members: Member[] = [];
  while (members.length < MEMBERS) members.push(...(await Promise.all(Array.from({ length: 20 }, () => newMember()))));
  const liked = await post(author, { key: ulid(await now()) });
  const unlike = (member: Member) =>
    member.send('mutation ($id: ID!) { unlikePost(postId: $id) { post { id } } }', { id: liked.id });

  // Each likes twice, every third takes it back, and every sixth likes again.
  await Promise.all(
    members.map(async (member, index) => {
      await Promise.all([like(member, liked), like(member, liked)]);
      if (index % 3 === 0) await unlike(member);
      if (index % 6 === 0) await like(member, liked);
    }),
  );
  await settled();

  // 200, less 67, and 34 again.
  expect(await storedItem('posts', { postId: liked.key, item: 'STATS' })).toMatchObject({ likeCount: 167 });
});
