/** What finds a mistake, cheapest first: the type checker in the editor, synthesis in a second, a rule over its output. */
export type Layer = 'tsc' | 'synth' | 'rule';

/**
 * Mistakes that were made to see what finds them, each with the cheapest layer that does and the mistake of that layer by
 * its title. `terraform validate` finds the first fifteen only after seconds, `terraform plan` the next two, and nothing of
 * Terraform's the last ten.
 */
export const seededMistakes: readonly (readonly [mistake: string, layer: Layer, title: string])[] = [
  ['unknown attribute', 'tsc', 'an argument has a name that the provider does not have'],
  ['required attribute missing', 'tsc', 'an argument that is required is missing'],
  ['wrong word: authorization type', 'rule', 'an authorization mode does not exist'],
  ['wrong word: stream view', 'rule', 'a table streams a view that does not exist'],
  ['wrong word: signing of an origin', 'rule', 'CloudFront is to sign in a way that does not exist'],
  ['out of range: query depth', 'rule', 'the depth of queries is limited to more than AppSync takes'],
  ['out of range: password length', 'rule', 'passwords are shorter than Cognito takes'],
  ['out of range: log retention', 'rule', 'logs are kept for a number of days that does not exist'],
  ['runtime without code', 'rule', 'a function has a runtime and no code'],
  ['dangling reference', 'rule', 'a reference names a resource that is not declared'],
  ['attribute that is not exported', 'tsc', 'an attribute is read that the resource does not export'],
  ['malformed IAM JSON', 'rule', 'a policy is not JSON'],
  ['circle', 'rule', 'two resources wait for each other'],
  ['template that is not escaped', 'rule', 'a template literal in resolver code is not escaped'],
  ['unknown Lambda runtime', 'rule', 'a runtime does not exist'],
  ['key of an index not declared', 'rule', 'the key of an index is not among the attributes'],
  ['attribute that is no key', 'rule', 'an attribute is no key'],
  [
    'resolver of a field not in the schema',
    'tsc',
    'a field that the schema does not have is in the table of resolvers',
  ],
  ['GraphQL syntax', 'synth', 'the schema is not GraphQL'],
  ['JavaScript syntax', 'synth', 'a resolver is not JavaScript'],
  ['JavaScript that AppSync does not take', 'rule', 'resolver code throws, which AppSync does not take'],
  ['IAM action that does not exist', 'rule', 'an action is misspelt'],
  ['visibility shorter than the function may take', 'rule', 'a job comes back while it is still worked on'],
  ['schedule expression', 'rule', 'a schedule has five fields, as cron has elsewhere'],
  ['priority used twice', 'rule', 'two rules of a web ACL have one priority'],
  ['origin that is not there', 'rule', 'a behaviour names an origin that is not there'],
  ['bucket name', 'rule', 'a bucket has a name that S3 refuses'],
];
