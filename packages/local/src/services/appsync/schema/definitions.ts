/**
 * What AppSync adds to every uploaded schema.
 * https://docs.aws.amazon.com/appsync/latest/devguide/scalars.html and
 * https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html
 */
export const APPSYNC_DEFINITIONS = /* GraphQL */ `
  "YYYY-MM-DD, with an optional offset: \`1970-01-01Z\`."
  scalar AWSDate
  "hh:mm[:ss[.sss]], with an optional offset: \`12:30:24.500+05:30\`."
  scalar AWSTime
  "YYYY-MM-DDThh:mm[:ss[.sss]] with a compulsory offset: \`1970-01-01T12:00:00.277Z\`."
  scalar AWSDateTime
  "Seconds since 1970-01-01T00:00Z, negative before it."
  scalar AWSTimestamp
  "An e-mail address as RFC 822 has it: \`username@example.com\`."
  scalar AWSEmail
  "A string that holds JSON; resolvers get the value it holds."
  scalar AWSJSON
  "A URL with its scheme: \`https://www.amazon.com/\`."
  scalar AWSURL
  "A phone number; without a country code it is one of the North American Numbering Plan."
  scalar AWSPhone
  "An IPv4 or IPv6 address, with an optional subnet: \`123.45.67.89/16\`."
  scalar AWSIPAddress

  "The mutations that feed this subscription."
  directive @aws_subscribe(mutations: [String!]!) on FIELD_DEFINITION
  "May be used with an API key."
  directive @aws_api_key on OBJECT | FIELD_DEFINITION
  "May be used with IAM credentials."
  directive @aws_iam on OBJECT | FIELD_DEFINITION
  "May be used with a token of an OpenID Connect provider."
  directive @aws_oidc on OBJECT | FIELD_DEFINITION
  "May be used when the Lambda authorizer agrees."
  directive @aws_lambda on OBJECT | FIELD_DEFINITION
  "May be used with a token of a user pool, of one of the groups when some are named."
  directive @aws_cognito_user_pools(cognito_groups: [String!]) on OBJECT | FIELD_DEFINITION
  "As aws_cognito_user_pools, for APIs whose only mode is a user pool."
  directive @aws_auth(cognito_groups: [String!]!) on OBJECT | FIELD_DEFINITION
`;

export const APPSYNC_DIRECTIVES: ReadonlySet<string> = new Set([
  'aws_subscribe',
  'aws_api_key',
  'aws_iam',
  'aws_oidc',
  'aws_lambda',
  'aws_cognito_user_pools',
  'aws_auth',
]);
