import { tryPlace } from '../reach/reach.ts';
import { keyOfRole } from '../roles.ts';
import type { Flip } from './flip.ts';
import { policiesIn } from './policyFlips.ts';
import { policyFlipsOfResources } from './resourceFlips.ts';
import type { Change, Resources } from './system.ts';
import { rolesIn } from './trustFlips.ts';

const PLACE = 'bucket evidence reports/';
const READS = ['GetObject', 'GetObjectVersion'];

/** No role is let read evidence. Here `jobs` is, as by mistake, and the one function that the bucket would let read it. */
export const readersOfEvidence: Change = {
  change: (resources) => {
    const roles = rolesIn(resources);
    const policies = policiesIn(resources);
    const { jobs } = policies;
    if (!jobs || !roles['jobs']) throw new Error('there is no function jobs');
    jobs.policy = withReads(jobs.policy);
    roles['moderation'] = { ...roles['jobs'], name: 'hiroba-dev-function-moderation' };
    policies['moderation'] = Object.assign({}, jobs, { role: '${aws_iam_role.moderation.name}' });
  },
};

function withReads(text: string): string {
  const document = JSON.parse(text) as { Statement: { Action: string[]; Resource: string[] }[] };
  const own = document.Statement.find(({ Resource }) => Resource.some((one) => one.endsWith('/reports/*')));
  own?.Action.push(...READS.map((action) => `s3:${action}`));
  return JSON.stringify(document);
}

/** What the bucket's own policy refuses to roles, each part of it made wrong while roles are let read. */
export const evidenceFlips = (data: Resources): readonly Flip[] =>
  policyFlipsOfResources('data', data)
    .filter(isOfEvidence)
    .map((flip) => ({ ...flip, needs: [readersOfEvidence], look: lookAtEvidence }));

/** No request shows these while nobody is let read. */
export const isOfEvidence = ({ name }: Flip): boolean =>
  /^data aws_s3_bucket_policy evidence .*s3:GetObject/.test(name);

export async function lookAtEvidence(): Promise<string | null> {
  for (const [role, expected] of [
    ['jobs', []],
    ['moderation', READS],
  ] as const) {
    const reads = (await tryPlace(await keyOfRole(role), PLACE)).filter((action) => READS.includes(action));
    if (reads.join() !== expected.join()) return `${role}, let read evidence: ${reads.join(' ')}`;
  }
  return null;
}
