import { type Member, newMember } from '../../support/member.ts';
import { comment, globalId, post, report, storePhoto, userId } from '../../support/social.ts';
import { ulid } from '../../support/ulid.ts';
import { mutation, query, type Request, type Requests } from '../request.ts';
import type { World } from '../world.ts';

const caseId = ({ report: { key } }: World): string => globalId('ModerationCase', key);

export const moderation: Requests = {
  'Query.moderationQueue': { 'open cases': () => query('moderationQueue { edges { cursor } }', 'moderationQueue') },
  'Query.node': {
    "the owner's report": (world) => query(`node(id: "${world.report.id}") { id }`, 'node'),
    'the case of it': (world) => query(`node(id: "${caseId(world)}") { id }`, 'node'),
  },
  'Report.subject': {
    "the owner's report": (world) =>
      query(`node(id: "${world.report.id}") { ... on Report { subject { __typename } } }`, 'node.subject'),
  },
  'ModerationCase.reporter': {
    "the owner's report": (world) =>
      query(`node(id: "${caseId(world)}") { ... on ModerationCase { reporter { id } } }`, 'node.reporter'),
  },
  'ModerationCase.subject': {
    "the owner's report": (world) =>
      query(`node(id: "${caseId(world)}") { ... on ModerationCase { subject { __typename } } }`, 'node.subject'),
  },
  'Mutation.createReport': {
    'a PUBLIC post': ({ open }) =>
      mutation(`createReport(input: { idempotencyKey: "${ulid()}", subjectId: "${open.id}", reason: SPAM })`),
    'a FOLLOWERS post': ({ followersOnly }) =>
      mutation(`createReport(input: { idempotencyKey: "${ulid()}", subjectId: "${followersOnly.id}", reason: SPAM })`),
    'a photo in no post': ({ photo }) =>
      mutation(`createReport(input: { idempotencyKey: "${ulid()}", subjectId: "${photo.id}", reason: SPAM })`),
  },
  'Mutation.startEvidenceUpload': {
    "the owner's report": (world) => mutation(`startEvidenceUpload(reportId: "${world.report.id}")`),
  },
  'Mutation.decideModeration': {
    'an open case': ({ members: { owner }, bystander }) => decision(owner, userId(bystander), 'DISMISS'),
    'a post, which is removed': async ({ members: { owner, stranger } }) =>
      decision(owner, (await post(stranger)).id, 'REMOVE_SUBJECT'),
    'a comment, which is removed': async ({ members: { owner, stranger }, open }) =>
      decision(owner, (await comment(stranger, open)).id, 'REMOVE_SUBJECT'),
    'a photo, which is removed': async ({ members: { owner } }) =>
      decision(owner, (await storePhoto(owner)).id, 'REMOVE_SUBJECT'),
    'somebody, who is suspended': async ({ members: { owner } }) =>
      decision(owner, userId(await newMember()), 'SUSPEND_OWNER'),
  },
};

async function decision(reporter: Member, subjectId: string, decided: string): Promise<Request> {
  const { key } = await report(reporter, subjectId);
  return mutation(`decideModeration(caseId: "${globalId('ModerationCase', key)}", decision: ${decided})`);
}
