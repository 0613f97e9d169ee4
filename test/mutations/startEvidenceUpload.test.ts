import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { storedItem } from '../support/aws.ts';
import {
  graphql,
  invalidArgument,
  notAuthorized,
  publicCaller,
  USER_ERRORS,
  type UserError,
} from '../support/graphql.ts';
import { type Member, newMember } from '../support/member.ts';
import { sendFile, type Ticket } from '../support/photos.ts';
import { globalId, post, report, suspendedMember, userId } from '../support/social.ts';
import { target } from '../support/target.ts';

const [reporter, other, moderator] = await Promise.all([
  newMember(),
  newMember(),
  newMember({ groups: ['moderators'] }),
]);
const reported = await post(other);

const START = `mutation ($reportId: ID!) {
  startEvidenceUpload(reportId: $reportId) { ticket { url fields { name value } maxBytes expiresAt } ${USER_ERRORS} }
}`;
interface Started {
  readonly startEvidenceUpload: { readonly ticket: Ticket | null; readonly userErrors: readonly UserError[] };
}
const start = (member: Member, key: string) => member.send<Started>(START, { reportId: globalId('Report', key) });

const refusal = (code: string, message: string) => ({
  startEvidenceUpload: { ticket: null, userErrors: [{ code, message, field: ['reportId'] }] },
});
const NOT_FOUND = refusal('NOT_FOUND', 'There is no such report of yours.');

describe('attaching a file to a report', () => {
  it('takes it where operators alone find it, and tells the moderators how many there are', async () => {
    const { id, key } = await report(reporter, reported.id);

    const { data, errors } = await start(reporter, key);
    expect(errors).toEqual([]);
    const { ticket, userErrors } = data.startEvidenceUpload;
    if (!ticket) throw new Error(JSON.stringify(userErrors));
    const answer = await sendFile(ticket, Buffer.from('a conversation'));

    expect([answer.status, ticket.maxBytes]).toEqual([204, 10_485_760]);
    const Key = `reports/${key}/1`;
    expect(ticket.fields).toContainEqual({ name: 'key', value: Key });
    const { region, awsEndpoint: endpoint, accessKeyId, secretAccessKey } = target;
    const s3 = new S3Client({ region, endpoint, credentials: { accessKeyId, secretAccessKey } });
    const Bucket = ticket.fields.find(({ name }) => name === 'bucket')?.value;
    const { Body, ContentType } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    expect([await Body?.transformToString(), ContentType]).toEqual(['a conversation', 'application/octet-stream']);
    const seen = await moderator.send<{ node: object }>(
      'query ($id: ID!) { node(id: $id) { ... on ModerationCase { evidenceCount } } }',
      { id },
    );
    expect(seen.data.node).toEqual({ evidenceCount: 1 });
  });

  it('takes ten, however fast they are asked for', async () => {
    const { key } = await report(reporter, reported.id);

    const answers = await Promise.all(Array.from({ length: 12 }, () => start(reporter, key)));

    const tickets = answers.flatMap(({ data }) => data.startEvidenceUpload.ticket ?? []);
    const keys = tickets.map(({ fields }) => fields.find(({ name }) => name === 'key')?.value);
    expect(keys.sort()).toEqual([1, 10, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `reports/${key}/${n}`));
    const refused = answers.map(({ data }) => data).filter((data) => data.startEvidenceUpload.ticket === null);
    const full = refusal('LIMIT_REACHED', 'A report takes 10 files, and has them.');
    expect(refused).toEqual([full, full]);
    expect(await storedItem('ops', { operationId: `CASE#${key}` })).toMatchObject({ evidenceCount: 10 });
  });

  it('is refused for a report that is decided', async () => {
    const { id, key } = await report(reporter, reported.id);
    await moderator.send(
      'mutation ($id: ID!) { decideModeration(caseId: $id, decision: DISMISS) { userErrors { code } } }',
      { id },
    );

    const message = 'The moderators have decided: the report takes no more files.';
    expect((await start(reporter, key)).data).toEqual(refusal('ALREADY_DECIDED', message));
  });

  it("is refused for somebody else's report, also to moderators, and for none", async () => {
    const { key } = await report(reporter, reported.id);

    expect((await start(other, key)).data).toEqual(NOT_FOUND);
    expect((await start(moderator, key)).data).toEqual(NOT_FOUND);
    expect((await start(reporter, 'none')).data).toEqual(NOT_FOUND);
    expect(await storedItem('ops', { operationId: `CASE#${key}` })).toMatchObject({ evidenceCount: 0 });
  });

  it('is refused to suspended members and to the public, and for what is no report', async () => {
    const suspended = await start(await suspendedMember(), 'none');
    expect(suspended.data.startEvidenceUpload.userErrors).toMatchObject([{ code: 'ACCOUNT_NOT_ACTIVE' }]);
    expect((await graphql(publicCaller, START, { reportId: globalId('Report', 'none') })).errors).toMatchObject([
      notAuthorized('Mutation', 'startEvidenceUpload'),
    ]);
    const message = `reportId: '${userId(other)}' is the id of a User, not of a Report`;
    expect((await reporter.send(START, { reportId: userId(other) })).errors).toMatchObject([
      invalidArgument(['startEvidenceUpload'], message),
    ]);
  });
});
