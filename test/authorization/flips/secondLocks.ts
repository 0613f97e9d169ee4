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
];

export const secondLockOf = (flip: string): string | undefined =>
  secondLocks.find(({ pattern }) => pattern.test(flip))?.reason;
