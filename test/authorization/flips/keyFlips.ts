import { bucketName } from '../../support/aws.ts';
import { ulid } from '../../support/ulid.ts';
import { withObject } from '../reach/doors.ts';
import { knockAtBucket } from '../reach/knock.ts';
import { reachOf } from '../reach/reach.ts';
import { keyOfRole } from '../roles.ts';
import { bareName, noticedByReach } from './functionFlips.ts';
import type { Flip } from './flip.ts';
import { policiesIn, statementsOf, without } from './policyFlips.ts';
import type { Resources } from './system.ts';
import { rolesIn } from './trustFlips.ts';

/** What the functions' roles may do with the key of tables, buckets and queues, each action taken away. */
export const keyFlips = (resources: Resources): readonly Flip[] =>
  Object.entries(rolesIn(resources))
    .filter(([, { assume_role_policy: trust }]) => trust.includes('lambda.amazonaws.com'))
    .flatMap(([id, { name }]) => {
      const role = bareName(name);
      return statementsOf(policiesIn(resources)[id]?.policy ?? '{"Statement":[]}').flatMap(({ Action }, index) =>
        [Action]
          .flat()
          .filter((action) => action.startsWith('kms:'))
          .map((action): Flip => ({
            name: `${id} without ${action}`,
            change: (changed) => {
              const policy = policiesIn(changed)[id];
              if (policy) policy.policy = without(policy.policy, index, action);
            },
            look: async () => (await noticedByReach(role, Object.keys(reachOf(role)))) ?? noticedByReading(role),
          })),
      );
    });

/** An object's key is asked for only where there is an object. */
async function noticedByReading(role: string): Promise<string | null> {
  const key = await keyOfRole(role);
  for (const [place, may] of Object.entries(reachOf(role))) {
    const [kind, name = '', prefix = ''] = place.split(' ');
    if (kind !== 'bucket' || !may.includes('GetObject')) continue;
    const bucket = await bucketName(name);
    const reads = await withObject(bucket, `${prefix}${ulid()}`, (object) =>
      knockAtBucket({ action: 's3:GetObject', method: 'GET', bucket, key: object })(key),
    );
    if (!reads) return `reach.md ${role} at ${place}: not GetObject of what is there`;
  }
  return null;
}
