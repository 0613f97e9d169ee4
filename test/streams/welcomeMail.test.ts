import { PutSuppressedDestinationCommand } from '@aws-sdk/client-sesv2';
import { describe, expect, it } from 'vitest';
import { isLocal, ses, settled, storedItem } from '../support/aws.ts';
import { newMember, newUser } from '../support/member.ts';
import { headerOf, mailsTo } from '../support/outbox.ts';
import { target } from '../support/target.ts';

const CLAIM = 'mutation ($handle: String!) { claimHandle(handle: $handle) { userErrors { code } } }';

describe.skipIf(!isLocal)('the mail of welcome', () => {
  it('goes to whoever has made a profile', async () => {
    const member = await newMember();
    await settled();

    const [mail, ...more] = await mailsTo(member.address);

    expect(more).toEqual([]);
    expect(mail).toMatchObject({
      subject: 'Welcome to Hiroba',
      source: 'ses/no-reply@example.com',
      mail: { configurationSet: 'hiroba-dev-mail' },
    });
    expect(mail && headerOf(mail, 'from')).toBe('Hiroba <no-reply@example.com>');
    expect(mail?.undelivered).toBeUndefined();
    expect(mail?.body).toContain(`Welcome to Hiroba, @${member.handle}!`);
    expect(mail?.body).toContain(`Your profile is ready: ${new URL(target.endpoint).origin}\n`);
    expect(mail?.mail?.html).toContain(`Welcome to Hiroba, @${member.handle}!</h1>`);
    expect(mail?.mail?.html).toContain('<html lang="en">');
  });

  it('is in Japanese for whom the client signed up as a reader of it', async () => {
    const member = await newMember({ locale: 'ja-JP' });
    await settled();

    const mails = await mailsTo(member.address);

    expect(mails.map(({ subject }) => subject)).toEqual(['Hirobaへようこそ']);
    expect(mails[0]?.body).toContain(`@${member.handle} さん、Hirobaへようこそ！`);
    expect(mails[0]?.mail?.html).toContain('<html lang="ja">');
  });

  it('is sent once, however often the handle changes', async () => {
    const member = await newMember();
    await settled();
    await member.send(CLAIM, { handle: `n${member.handle.slice(1)}` });
    await settled();

    expect(await mailsTo(member.address)).toHaveLength(1);
    expect(await storedItem('ops', { operationId: `MAIL#welcome#${member.sub}` })).toMatchObject({
      operationId: `MAIL#welcome#${member.sub}`,
    });
  });

  it('is not delivered to an address from which mail has bounced', async () => {
    const user = await newUser();
    await ses.send(new PutSuppressedDestinationCommand({ EmailAddress: user.address, Reason: 'BOUNCE' }));
    await user.send(CLAIM, { handle: `s${user.sub.replaceAll('-', '').slice(0, 14)}` });
    await settled();

    expect(await mailsTo(user.address)).toEqual([]);
    const shown = await fetch(new URL(`/outbox?to=${user.address}`, target.endpoint));
    expect(await shown.text()).toContain('it is on the suppression list for your account');
    expect(await storedItem('ops', { operationId: `MAIL#welcome#${user.sub}` })).toBeDefined();
  });

  it('does not go to whoever has only signed up', async () => {
    const user = await newUser();
    await settled();

    expect(await mailsTo(user.address)).toEqual([]);
  });
});
