import { describe, expect, it } from 'vitest';
import { isLocal, settled, storedItem } from '../support/aws.ts';
import { runCommand } from '../support/command.ts';
import { newMember } from '../support/member.ts';
import { follow, post } from '../support/social.ts';
import { target } from '../support/target.ts';

const recount = (...args: string[]) => runCommand('infra/recount/main.ts', args);

describe('npm run recount', () => {
  // Everybody whom other tests have made is recounted, too.
  it.skipIf(!isLocal)(
    'has everything recounted, and changes nothing that is right',
    async () => {
      const [star, fan] = await Promise.all([newMember(), newMember()]);
      await Promise.all([follow(fan, star), post(star)]);
      await settled();

      const { code, stdout } = await recount();
      await settled();

      expect({ code, stdout }).toEqual({
        code: 0,
        stdout: `${target.awsEndpoint}: everything is being recounted; the log of the function recount tells.\n`,
      });
      expect(await storedItem('users', { userId: star.sub })).toMatchObject({ followerCount: 1, postCount: 1 });
    },
    120_000,
  );

  it('says how it is called', async () => {
    const { code, stderr } = await recount('--everything');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: Unknown option '--everything'.*\n\nnpm run recount -- \[flags\]/s);
  });
});
