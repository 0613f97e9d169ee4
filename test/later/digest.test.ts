import { beforeAll, describe, expect, test } from 'vitest';
import { isLocal, settled, storedItem } from '../support/aws.ts';
import { next, now, travelTo } from '../support/clock.ts';
import { type Member, newMember } from '../support/member.ts';
import { headerOf, type Mail, mailsTo } from '../support/outbox.ts';
import { comment, deletePost, follow, like, post } from '../support/social.ts';
import { ulid } from '../support/ulid.ts';

const MINUTE = 60_000;
/** Seven in the morning in Japan. */
const MORNING_UTC = 22;

async function wants(member: Member, input: object): Promise<void> {
  const { errors } = await member.send(
    'mutation ($input: UpdateSettingsInput!) { updateSettings(input: $input) { settings { digest } } }',
    { input },
  );
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
}

async function named(member: Member, displayName: string): Promise<Member> {
  await member.send('mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { user { id } } }', {
    input: { displayName },
  });
  return member;
}

const digestsTo = async ({ address }: Member): Promise<Mail[]> =>
  (await mailsTo(address)).filter(({ subject }) => !/^(Welcome to Hiroba|Hirobaへようこそ)$/.test(subject));

async function morning(): Promise<void> {
  await settled();
  await travelTo((await next(MORNING_UTC)) + MINUTE);
  await settled();
}

const writes = async (author: Member, body: string) => post(author, { body, key: ulid(await now()) });
const linkOf = (mail: Mail | undefined): string =>
  /https?:\/\/\S+\/unsubscribe\?t=\S+/.exec(mail?.body ?? '')?.[0] ?? '';

describe.skipIf(!isLocal)('digests', () => {
  let [author, yui, ann, ben]: Member[] = [];
  let [english, japanese]: (Mail | undefined)[] = [];

  beforeAll(async () => {
    const [a, b, c, d] = await Promise.all([newMember(), newMember(), newMember(), newMember()]);
    [author, yui] = [a, b];
    ann = await named(c, 'Ann <b>');
    ben = await named(d, 'ベン');
    await wants(a, { digest: 'DAILY', language: 'EN' });
    await wants(b, { digest: 'DAILY', language: 'JA' });
    const [made, gone] = [await writes(a, 'First\npost'), await writes(a, 'Second post')];
    await Promise.all([like(ann, made), like(ann, gone), follow(ben, b)]);
    await settled();
    await like(ben, made);
    await comment(ann, await writes(b, '今日は散歩をしました'), 'Nice', ulid(await now()));
    await deletePost(a, gone);
    await morning();
    [english, japanese] = [(await digestsTo(a))[0], (await digestsTo(b))[0]];
  });

  test('tell in English, in the morning, what is unread, but not of what is gone', async () => {
    expect(await digestsTo(author as Member)).toHaveLength(1);
    expect(english?.subject).toBe('New for you at Hiroba');
    expect(english?.body).toContain(`Hello @${author?.handle},`);
    expect(english?.body.match(/^- .*$/gm)).toEqual(['- ベン and 1 other liked your post “First post”']);
  });

  test('tell in Japanese those who read it', async () => {
    expect(await digestsTo(yui as Member)).toHaveLength(1);
    expect(japanese?.subject).toBe('Hirobaの新しいお知らせ');
    expect(japanese?.body).toContain(`@${yui?.handle} さん`);
    expect(new Set(japanese?.body.match(/^・.*$/gm))).toEqual(
      new Set([
        '・ベンさんがあなたをフォローしました',
        '・Ann <b>さんがあなたの投稿「今日は散歩をしました」にコメントしました',
      ]),
    );
  });

  test('escape in HTML what members wrote', () => {
    expect(japanese?.mail?.html).toContain(
      '<li>Ann &lt;b&gt;さんがあなたの投稿「今日は散歩をしました」にコメントしました</li>',
    );
    expect(japanese?.mail?.html).not.toContain('Ann <b>');
  });

  test('have a link, and headers for the button of mail programs, that end them without signing in', async () => {
    const link = linkOf(english);
    expect(link).toContain(`/unsubscribe?t=${author?.sub}.`);
    expect(english && headerOf(english, 'List-Unsubscribe')).toBe(`<${link}>`);
    expect(english && headerOf(english, 'List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click');
    expect(english?.mail?.html).toContain(`<a href="${link}">`);
    expect(linkOf(japanese)).not.toBe(link);
  });

  test('do not come again of what is left unread', async () => {
    await morning();

    expect(await digestsTo(author as Member)).toHaveLength(1);
    expect(await digestsTo(yui as Member)).toHaveLength(1);
  });

  test('are not ended by a program that looks at the link, and are by one that posts to it', async () => {
    const link = linkOf(english);
    const looked = await fetch(link);
    expect(looked.status).toBe(200);
    expect(await looked.text()).toContain('<form method="post"><button>');
    expect(looked.headers.get('cache-control')).toBe('no-store');
    // With `no-referrer` browsers would send the form with the origin `null`.
    expect(looked.headers.get('referrer-policy')).toBe('same-origin');
    expect(looked.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'/);
    expect(await storedItem('users', { userId: author?.sub })).toMatchObject({ digest: 'DAILY' });

    const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
    const fromThePage = { method: 'POST', body, headers: { origin: new URL(link).origin } };
    const [first, second] = [await fetch(link, fromThePage), await fetch(link, { method: 'POST', body })];
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(await first.text()).toContain('<h1>The digests are stopped</h1>');
    expect(await storedItem('users', { userId: author?.sub })).toMatchObject({ digest: 'NEVER' });

    await settled();
    await follow(await newMember(), author as Member);
    await morning();
    expect(await digestsTo(author as Member)).toHaveLength(1);
    expect(await storedItem('ops', { operationId: `DIGEST_MAIL#${author?.sub}` })).toBeUndefined();
  });

  test.each(['', '?t=nobody.0123456789012345678901', '?t=x'])(
    'are not ended by a link that is none (%s)',
    async (query) => {
      const address = `${new URL(linkOf(english)).origin}/unsubscribe${query}`;
      const [looked, posted] = [await fetch(address), await fetch(address, { method: 'POST' })];
      expect([looked.status, posted.status]).toEqual([404, 404]);
      expect(await posted.text()).toContain('stop the digests in the settings');
    },
  );

  test('come on Monday to those who want one a week, and not to those who have read', async () => {
    const [weekly, reader, fan] = await Promise.all([newMember(), newMember(), newMember()]);
    await wants(weekly, { digest: 'WEEKLY' });
    await wants(reader, { digest: 'DAILY' });
    await Promise.all([follow(fan, weekly), follow(fan, reader)]);
    await settled();
    await reader.send('mutation ($upTo: AWSDateTime!) { markNotificationsRead(upTo: $upTo) { readUpTo } }', {
      upTo: new Date((await now()) + 1_000).toISOString(),
    });
    // Monday in Japan begins on Sunday in UTC.
    const daysToSunday = (7 - new Date(await next(MORNING_UTC)).getUTCDay()) % 7;
    for (let day = 0; day < daysToSunday; day += 1) await morning();
    expect(await digestsTo(weekly)).toEqual([]);

    await morning();

    expect((await digestsTo(weekly)).map(({ body }) => body.match(/^- .*$/gm))).toEqual([
      [`- ${fan.handle} started following you`],
    ]);
    expect(await digestsTo(reader)).toEqual([]);
  });
});
