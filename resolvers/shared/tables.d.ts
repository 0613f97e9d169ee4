/**
 * Physical table names, for the requests that name tables (Batch*, Transact*). AppSync cannot be given them through
 * Terraform at run time, so the bundler replaces `TABLE.users` and the like by string literals.
 */
declare const TABLE: {
  readonly users: string;
  readonly posts: string;
  readonly comments: string;
  readonly edges: string;
  readonly timelines: string;
  readonly notifications: string;
  readonly media: string;
  readonly ops: string;
};
