import { expect, it } from 'vitest';
import { graphql, graphqlByIam, publicCaller } from './support/graphql.ts';
import { newMember } from './support/member.ts';
import { globalId } from './support/social.ts';

const [member, moderator, operator] = await Promise.all([
  newMember(),
  newMember({ groups: ['moderators'] }),
  newMember({ groups: ['operators'] }),
]);
const principals = {
  public: (query: string) => graphql(publicCaller, query),
  member: (query: string) => member.send(query),
  moderator: (query: string) => moderator.send(query),
  operator: (query: string) => operator.send(query),
  worker: (query: string) => graphqlByIam(query),
} as const;
type Principal = keyof typeof principals;

const everyone: readonly Principal[] = ['public', 'member', 'moderator', 'operator'];
const members: readonly Principal[] = ['member', 'moderator', 'operator'];
const moderators: readonly Principal[] = ['moderator'];
const operators: readonly Principal[] = ['operator'];
const workers: readonly Principal[] = ['worker'];

const POST = globalId('Post', '01ARZ3NDEKTSV4RRFFQ69G5FAV');
const USER = globalId('User', 'nobody');
const PHOTO = globalId('Photo', 'none');
const COMMENT = globalId('Comment', '01ARZ3NDEKTSV4RRFFQ69G5FAV', '01ARZ3NDEKTSV4RRFFQ69G5FAV');
const KEY = 'idempotencyKey: "none"';
const TIME = '"2025-01-31T00:00:00Z"';
const ERRORS = '{ userErrors { code } }';

/** Written by hand: who may call which root field. The arguments do no harm when they are let through. */
const matrix: readonly (readonly [call: string, allowed: readonly Principal[]])[] = [
  [`query { node(id: "${POST}") { id } }`, members],
  [`query { nodes(ids: ["${POST}"]) { id } }`, members],
  ['query { viewer { unreadNotificationCount } }', members],
  ['query { user(handle: "nobody_at_all") { id } }', everyone],
  [`query { post(id: "${POST}") { id } }`, everyone],
  ['query { hashtag(name: "cat") { id } }', everyone],
  ['query { searchUsers(prefix: "zz") { edges { cursor } } }', members],
  ['query { trending { edges { cursor } } }', everyone],
  ['query { page(slug: "help") { slug } }', everyone],
  ['query { moderationQueue { edges { cursor } } }', moderators],
  ['query { serviceStatus { rung } }', everyone],
  [`mutation { claimHandle(handle: "!") ${ERRORS} }`, members],
  [`mutation { updateProfile(input: {}) ${ERRORS} }`, members],
  [`mutation { followUser(userId: "${USER}") ${ERRORS} }`, members],
  [`mutation { unfollowUser(userId: "${USER}") ${ERRORS} }`, members],
  [`mutation { blockUser(userId: "${USER}") ${ERRORS} }`, members],
  [`mutation { unblockUser(userId: "${USER}") ${ERRORS} }`, members],
  [`mutation { muteUser(userId: "${USER}") ${ERRORS} }`, members],
  [`mutation { unmuteUser(userId: "${USER}") ${ERRORS} }`, members],
  [`mutation { createPost(input: { ${KEY}, body: "" }) ${ERRORS} }`, members],
  [`mutation { deletePost(id: "${POST}") ${ERRORS} }`, members],
  [`mutation { likePost(postId: "${POST}") ${ERRORS} }`, members],
  [`mutation { unlikePost(postId: "${POST}") ${ERRORS} }`, members],
  [`mutation { createComment(input: { ${KEY}, postId: "${POST}", body: "" }) ${ERRORS} }`, members],
  [`mutation { deleteComment(id: "${COMMENT}") ${ERRORS} }`, members],
  [`mutation { startPhotoUpload(input: { ${KEY}, contentType: "", bytes: 1 }) ${ERRORS} }`, members],
  [`mutation { completePhotoUpload(photoId: "${PHOTO}") ${ERRORS} }`, members],
  [`mutation { markNotificationsRead(upTo: ${TIME}) ${ERRORS} }`, members],
  [`mutation { updateSettings(input: {}) ${ERRORS} }`, members],
  [`mutation { createReport(input: { ${KEY}, subjectId: "${POST}", reason: SPAM }) ${ERRORS} }`, members],
  [`mutation { startEvidenceUpload(reportId: "none") ${ERRORS} }`, members],
  [
    `mutation { decideModeration(caseId: "${globalId('ModerationCase', 'none')}", decision: DISMISS) ${ERRORS} }`,
    moderators,
  ],
  [`mutation { sendAnnouncement(input: { ${KEY}, bodyEnglish: "", bodyJapanese: "" }) ${ERRORS} }`, operators],
  [`mutation { requestDataExport ${ERRORS} }`, members],
  [`mutation { deleteAccount(confirmHandle: "") ${ERRORS} }`, members],
  [
    `mutation { publishComment(input: { id: "c", body: "", createdAt: ${TIME}, authorId: "${USER}", postId: "${POST}" }) { id } }`,
    workers,
  ],
  [
    `mutation { publishNotification(input: {
      id: "n", kind: SYSTEM, recipientId: "${USER}", createdAt: ${TIME}, updatedAt: ${TIME}
    }) { id } }`,
    workers,
  ],
  [
    `mutation { publishPostEngagement(input: { postId: "${POST}", likes: 0, comments: 0 }) { stats { likes } } }`,
    workers,
  ],
  [`mutation { publishPhoto(input: { id: "${PHOTO}", ownerId: "${USER}", status: READY }) { id } }`, workers],
];

it.each(matrix)('%s is for exactly those who may', async (call, allowed) => {
  const all = Object.keys(principals) as Principal[];

  const answers = await Promise.all(all.map((principal) => principals[principal](call)));

  const letIn = all.filter((_, index) => !answers[index]?.errors.some(({ errorType }) => errorType === 'Unauthorized'));
  expect(letIn).toEqual(all.filter((principal) => allowed.includes(principal)));
});

it('leaves no root field out', async () => {
  const { data } = await member.send<{
    __schema: Record<'queryType' | 'mutationType', { fields: { name: string }[] }>;
  }>('{ __schema { queryType { fields { name } } mutationType { fields { name } } } }');

  const { queryType, mutationType } = data.__schema;
  const declared = [...queryType.fields, ...mutationType.fields].map(({ name }) => name);
  const listed = matrix.map(([call]) => /^\w+ \{ (\w+)/.exec(call)?.[1]);
  expect([...listed].sort()).toEqual([...declared].sort());
});
