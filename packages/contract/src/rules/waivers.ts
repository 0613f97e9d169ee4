/** What breaks a rule on purpose. One that nothing needs is a finding, too. */
export interface Waiver {
  readonly rule: string;
  readonly subject: string;
  readonly reason: string;
}

export const waivers: readonly Waiver[] = [
  {
    rule: 'idempotency-keys',
    subject: 'Mutation.startEvidenceUpload',
    reason: 'it writes nothing: it signs a form, and another form does no harm',
  },
  {
    rule: 'list-items',
    subject: 'Query.nodes',
    reason: 'its items stand in the order of the ids, so one that is gone is null',
  },
  { rule: 'list-bounds', subject: 'UserError.field', reason: 'it is a path, as long as the input is deep' },
  {
    rule: 'nodes',
    subject: 'Announcement',
    reason: 'operators see it once, when they send it: nobody asks for it again',
  },
];
