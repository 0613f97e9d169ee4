/**
 * Flips that change no answer, because something else refuses what they open. Each was seen to: an entry that is noticed after all
 * fails the run.
 */
export const secondLocks: readonly { readonly pattern: RegExp; readonly reason: string }[] = [
  {
    pattern: /^(Announcement|SendAnnouncementPayload|CaseConnection|CaseEdge|DecideModerationPayload) for every group$/,
    reason: 'only a root field leads there, and is for the group alone',
  },
  { pattern: /^Announcement for the other group$/, reason: 'no row sends an announcement: everybody would get it' },
  {
    pattern: /^(ModerationCase|CaseEvent) for every group$/,
    reason: 'Query.node answers null to all but moderators, and the queue is theirs',
  },
  {
    pattern:
      /^(Query\.viewer|Mutation\.(?!publish|sendAnnouncement|createPost)\w+|Subscription\.(notificationReceived|photoProcessed)) also for @aws_(api_key|iam)$/,
    reason: 'the resolver asks for the viewer, and refuses when there is none',
  },
  { pattern: /^archive_read without /, reason: 'takes months of virtual time: test/later/archive.test.ts' },
  {
    pattern: /^\w+ aws_s3_bucket_policy \w+ whose Deny of s3:\* is for somebody else$/,
    reason: 'everything here counts as sent by TLS, so that nothing is refused for not being so',
  },
  { pattern: /^edge aws_s3_bucket_policy cdn_logs /, reason: 'the log of the edge is not written here' },
  {
    pattern: /^observability (aws_sns_topic_policy notices|permission notices_permission) /,
    reason: 'there are no alarms here, and nobody is told of them',
  },
  {
    pattern: /^observability permission \w+_errors /,
    reason: 'log lines go to their group here and no further',
  },
  {
    pattern: /^\w+ without kms:(DescribeKey|Encrypt)$/,
    reason: 'asked for where a table is made with a key, which Terraform does, not a function',
  },
  {
    pattern: /^(exportLinks|persistedQuery|unsubscribe) without kms:GenerateDataKey$/,
    reason: 'it writes to no bucket and sends to no queue, and has the statement about the key that all functions have',
  },
  {
    pattern: /^(persistedQuery|tickets) without kms:Decrypt$/,
    reason: 'it reads nothing that is encrypted but its environment, for which no key is asked here',
  },
  {
    pattern: /aws_kms_key (log_groups|operations) /,
    reason: 'logs and what tells operators are not encrypted here, and ask for no key',
  },
];

export const secondLockOf = (flip: string): string | undefined =>
  secondLocks.find(({ pattern }) => pattern.test(flip))?.reason;
