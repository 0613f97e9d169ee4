/** What infra and Lambda give a function. Imported before a handler: the SDK reads it when the client is made. */
Object.assign(process.env, {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  AWS_SESSION_TOKEN: 'session-token',
  USERS_TABLE: 'users',
  POSTS_TABLE: 'posts',
  EDGES_TABLE: 'edges',
  TIMELINES_TABLE: 'timelines',
  NOTIFICATIONS_TABLE: 'notifications',
  OPS_TABLE: 'ops',
  GRAPHQL_ENDPOINT: 'https://example.appsync-api.us-east-1.amazonaws.com/graphql',
  GRAPHQL_API_KEY: 'da2-example',
});
