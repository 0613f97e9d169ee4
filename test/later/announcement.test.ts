import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isLocal, settled, storedItem, storedPartition } from '../support/aws.ts';
import { now } from '../support/clock.ts';
import { type GraphQLAnswer, USER_ERRORS, type UserError } from '../support/graphql.ts';
import { type Member, newMember } from '../support/member.ts';
import { headerOf, mailsTo } from '../support/outbox.ts';
import { subscribe, type Subscription } from '../support/realtime.ts';
import { userId } from '../support/social.ts';
import { ulid } from '../support/ulid.ts';

const SEND = `mutation ($input: SendAnnouncementInput!) {
  sendAnnouncement(input: $input) { announcement { id bodyEnglish bodyJapanese createdAt } ${USER_ERRORS} }
}`;
const RECEIVED = `subscription { notificationReceived {
  __typename id readAt recipient { id } ... on SystemNotification { body }
} }`;
const READ = `{ viewer { unreadNotificationCount notifications { edges { node {
  __typename id readAt ... on SystemNotification { body recipient { id } }
} } } } }`;
interface Sent {
  readonly sendAnnouncement: {
    readonly announcement: { readonly id: string; readonly createdAt: string } | null;
    readonly userErrors: readonly UserError[];
  };
}
interface Read {
  readonly viewer: {
    readonly unreadNotificationCount: number;
    readonly notifications: { readonly edges: readonly { readonly node: object }[] };
  };
}

async function wants(member: Member, input: object): Promise<Member> {
  await member.send(
    'mutation ($input: UpdateSettingsInput!) { updateSettings(input: $input) { settings { digest } } }',
    {
      input,
    },
  );
  return member;
}

const read = async (member: Member) => (await member.send<Read>(READ)).data.viewer;
const newsTo = async ({ address }: Member) =>
  (await mailsTo(address)).filter(({ subject }) => /^(News from Hiroba|Hirobaからのお知らせ)$/.test(subject));

describe.skipIf(!isLocal)('an announcement', () => {
  const bodyEnglish = 'New <features>:\nphotos & more.';
  const bodyJapanese = '新機能のお知らせ:\n写真など';
  let operator: Member, english: Member, japanese: Member, silent: Member;
  let key: string;
  let sent: GraphQLAnswer<Sent>;
  let events: Subscription<object>;

  beforeAll(async () => {
    const made = await Promise.all([newMember({ groups: ['operators'] }), newMember(), newMember(), newMember()]);
    operator = made[0];
    english = await wants(made[1], { digest: 'WEEKLY', language: 'EN' });
    japanese = await wants(made[2], { digest: 'DAILY', language: 'JA' });
    silent = made[3];
    await settled();
    events = await subscribe(japanese, RECEIVED);
    key = ulid(await now());
    sent = await operator.send<Sent>(SEND, { input: { idempotencyKey: key, bodyEnglish, bodyJapanese } });
    await settled();
  });
  afterAll(() => events.close());

  test('is answered and stored', async () => {
    expect(sent.errors).toEqual([]);
    const { announcement } = sent.data.sendAnnouncement;
    expect(announcement).toEqual({
      id: Buffer.from(`Announcement:${key}`).toString('base64url'),
      bodyEnglish,
      bodyJapanese,
      createdAt: expect.any(String) as string,
    });
    expect(await storedItem('ops', { operationId: `ANNOUNCEMENT#${key}` })).toMatchObject({
      senderId: operator.sub,
      createdAt: announcement?.createdAt,
      trace: expect.stringMatching(/^1-/) as string,
    });
  });

  test('is a notification for everyone, in their languages, unread', async () => {
    const word = (member: Member, body: string) => ({
      unreadNotificationCount: 1,
      notifications: {
        edges: [
          {
            node: {
              __typename: 'SystemNotification',
              id: expect.any(String) as string,
              readAt: null,
              body,
              recipient: { id: userId(member) },
            },
          },
        ],
      },
    });
    expect(await read(english)).toEqual(word(english, bodyEnglish));
    expect(await read(japanese)).toEqual(word(japanese, bodyJapanese));
    expect(await read(silent)).toEqual(word(silent, bodyEnglish));
    expect(await read(operator)).toEqual(word(operator, bodyEnglish));
  });

  test('reaches whoever is connected', async () => {
    expect(await events.next()).toEqual({
      notificationReceived: {
        __typename: 'SystemNotification',
        id: expect.any(String) as string,
        readAt: null,
        recipient: { id: userId(japanese) },
        body: bodyJapanese,
      },
    });
  });

  test('is mailed to those who receive digests, in their languages, with a way to end it', async () => {
    const [inEnglish, inJapanese] = [await newsTo(english), await newsTo(japanese)];
    expect([inEnglish.length, inJapanese.length]).toEqual([1, 1]);
    expect(inEnglish[0]?.body).toContain(`Hello @${english.handle},\n\n${bodyEnglish}\n`);
    expect(inEnglish[0]?.mail?.html).toContain('<p>New &lt;features&gt;:<br>\nphotos &amp; more.</p>');
    expect(inJapanese[0]?.subject).toBe('Hirobaからのお知らせ');
    expect(inJapanese[0]?.body).toContain(bodyJapanese);
    const link = inEnglish[0] && headerOf(inEnglish[0], 'List-Unsubscribe');
    expect(link).toContain(`/unsubscribe?t=${english.sub}.`);
    expect(await newsTo(silent)).toEqual([]);
    expect(await newsTo(operator)).toEqual([]);
  });

  test('is sent once, however often it is asked for with its key', async () => {
    const again = await operator.send<Sent>(SEND, {
      input: { idempotencyKey: key, bodyEnglish: 'x', bodyJapanese: 'y' },
    });
    await settled();

    expect(again.data).toEqual(sent.data);
    expect(await storedPartition('notifications', 'userId', silent.sub)).toHaveLength(1);
    expect(await newsTo(english)).toHaveLength(1);
    const other = await newMember({ groups: ['operators'] });
    const { data } = await other.send<Sent>(SEND, { input: { idempotencyKey: key, bodyEnglish, bodyJapanese } });
    expect(data.sendAnnouncement).toEqual({
      announcement: null,
      userErrors: [
        {
          code: 'IDEMPOTENCY_KEY_REUSED',
          message: 'This key has been used before. Make a new one.',
          field: ['input', 'idempotencyKey'],
        },
      ],
    });
  });

  test('does not reach those who make a profile afterwards', async () => {
    const late = await newMember();
    await settled();
    expect((await read(late)).unreadNotificationCount).toBe(0);
  });
});
