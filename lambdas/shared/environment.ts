/** What `infra/functions.ts` gives each function: a variable for each table it is granted, and where it publishes or asks. */
export type EnvironmentVariable =
  | 'USERS_TABLE'
  | 'POSTS_TABLE'
  | 'EDGES_TABLE'
  | 'TIMELINES_TABLE'
  | 'NOTIFICATIONS_TABLE'
  | 'OPS_TABLE'
  | 'GRAPHQL_ENDPOINT'
  | 'GRAPHQL_API_KEY'
  | 'SERVICE'
  | 'CHANNEL_PARAMETER'
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
