/** What `infra/functions.ts` gives each function: a variable for each table, bucket and queue it is granted, and where it publishes or asks. */
export type EnvironmentVariable =
  | 'USERS_TABLE'
  | 'POSTS_TABLE'
  | 'COMMENTS_TABLE'
  | 'EDGES_TABLE'
  | 'TIMELINES_TABLE'
  | 'NOTIFICATIONS_TABLE'
  | 'MEDIA_TABLE'
  | 'OPS_TABLE'
  | `${string}_PARAMETER`
  | `${string}_BUCKET`
  | `${string}_QUEUE_URL`
  | 'MAX_RECEIVES'
  | 'CELEBRITY_FOLLOWERS'
  | 'WRITES_PER_SECOND'
  | 'MEMBERS_PER_NIGHT'
  | 'HOT_DAYS'
  | 'USER_POOL_ID'
  | 'DIGEST_TIME_ZONE'
  | 'MAIL_SENDER'
  | 'MAIL_CONFIGURATION_SET'
  | 'MAIL_TEMPLATES'
  | 'MAILS_PER_SECOND'
  | 'GRAPHQL_ENDPOINT'
  | 'GRAPHQL_API_KEY'
  | 'SERVICE'
  | 'METRIC_NAMESPACE'
  | 'AWS_REGION'
  | 'AWS_ACCESS_KEY_ID'
  | 'AWS_SECRET_ACCESS_KEY';

/** @throws Error naming the variable, so that a function that was wired wrongly fails at its first start. */
export function required(name: EnvironmentVariable): string {
  const value = process.env[name];
  if (!value) throw new Error(`the environment variable ${name} is not set: see infra/functions.ts`);
  return value;
}
