/** Permissions that AWS asks for and a laptop does not. Patterns are of `role (policy statement): action on resource`. */
export const exceptions: readonly {
  readonly pattern: RegExp;
  readonly reason: string;
  readonly source: string;
  readonly byChance?: true;
}[] = [
  {
    pattern: /: dynamodb:ListStreams on .*\/stream\/\*$/,
    reason:
      'Lambda asks for it before it reads a stream; IAM has no resource for it, so that nothing can ask for it here',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html',
  },
  {
    pattern: /: s3:ListBucket on arn:aws:s3:::hiroba-dev-(archive|warehouse)-\d+$/,
    reason:
      'a missing object is 404 only to those who may list; otherwise 403, which a reader could not tell from a mistake',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html',
  },
  {
    pattern: /^api\.aws_iam_role\.announcements .*: dynamodb:GetItem on .*-users$/,
    reason:
      'a transaction that meets others again and again is cancelled, and the member is read anew; no test stages that often enough',
    source:
      'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-conflict-handling',
    byChance: true,
  },
  {
    pattern: /^api\.aws_iam_role\.mail .*: dynamodb:DeleteItem on .*-ops$/,
    reason: 'a mail that SES refuses for its rate gives back its mark; which call meets the rate is up to chance',
    source: 'https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas-errors.html',
    byChance: true,
  },
];
