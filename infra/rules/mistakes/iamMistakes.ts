import type { Json } from '../model/json.ts';
import type { Draft, Mistake } from './draft.ts';

const POLICY = 'api/aws_iam_role_policy.mistake (api/aws_iam_role_policy.mistake)';
const ROLE = 'api/aws_iam_role.mistake (api/aws_iam_role.mistake)';

/** A role's policy with one statement. */
function allowing(actions: readonly string[], resources: readonly string[]) {
  return ({ add }: Draft): void => {
    const Statement = [{ Effect: 'Allow', Action: actions, Resource: resources }];
    add('api/aws_iam_role_policy.mistake', { policy: JSON.stringify({ Version: '2012-10-17', Statement }) });
  };
}

function trusting(Principal: Json) {
  return ({ add }: Draft): void => {
    const Statement = [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }];
    add('api/aws_iam_role.mistake', { assume_role_policy: JSON.stringify({ Version: '2012-10-17', Statement }) });
  };
}

export const iamMistakes: readonly Mistake[] = [
  {
    title: 'a policy is not JSON',
    rule: 'iam/policy-well-formed',
    lines: [
      `${POLICY} has a policy that is not JSON (Unexpected end of JSON input): write it with policy() of infra/iamPolicy.ts`,
    ],
    make: ({ add }) => add('api/aws_iam_role_policy.mistake', { policy: '{"Version":"2012-10-17","Statement":[' }),
  },
  {
    title: 'a policy says Actions where IAM says Action',
    rule: 'iam/policy-well-formed',
    lines: [
      `${POLICY} has a policy that has "Actions" in its statement 0, which IAM does not know: write it with policy() of infra/iamPolicy.ts`,
    ],
    make: ({ add }) =>
      add('api/aws_iam_role_policy.mistake', {
        policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Actions":"s3:GetObject","Resource":"*"}]}',
      }),
  },
  {
    title: 'a role may do everything to one service',
    rule: 'iam/no-wildcards',
    lines: [`${POLICY} allows dynamodb:*: name each action`],
    make: allowing(['dynamodb:*'], ['arn:aws:dynamodb:us-east-1:123456789012:table/posts']),
  },
  {
    title: 'a role may delete every item there is',
    rule: 'iam/no-wildcards',
    lines: [`${POLICY} allows dynamodb:DeleteItem on every resource: name the resources by their ARN`],
    make: allowing(['dynamodb:DeleteItem'], ['*']),
  },
  {
    title: 'an action is misspelt',
    rule: 'iam/actions-exist',
    lines: [`${POLICY} names the action dynamodb:GetItems, which does not exist: correct its name`],
    make: allowing(['dynamodb:GetItems'], ['arn:aws:dynamodb:us-east-1:123456789012:table/posts']),
  },
  {
    title: 'a queue may be sent to, but the resource is a bucket',
    rule: 'iam/actions-fit-resources',
    lines: [
      `${POLICY} allows sqs:SendMessage on arn:aws:s3:::photos, none of which it works on: name a resource of its kind`,
    ],
    make: allowing(['sqs:SendMessage'], ['arn:aws:s3:::photos']),
  },
  {
    title: 'objects may be read, but the resource is the bucket itself',
    rule: 'iam/actions-fit-resources',
    lines: [
      `${POLICY} allows s3:GetObject on arn:aws:s3:::photos, none of which it works on: name a resource of its kind`,
    ],
    make: allowing(['s3:GetObject'], ['arn:aws:s3:::photos']),
  },
  {
    title: 'AppSync may assume a role on behalf of another customer',
    rule: 'iam/trust-conditions',
    lines: [
      `${ROLE} may be assumed by appsync.amazonaws.com on behalf of anybody: add a condition on aws:SourceAccount`,
    ],
    make: trusting({ Service: 'appsync.amazonaws.com' }),
  },
  {
    title: 'everyone may assume a role',
    rule: 'iam/trust-conditions',
    lines: [`${ROLE} may be assumed by everyone: name the principal`],
    make: trusting('*'),
  },
];
