import { expect, test } from 'vitest';
import type { TerraformDocument } from '../targets.ts';
import { outputsOf } from './standIns.ts';
import { stateAfter, stateOfOutputs, type PlanJson } from './stateFile.ts';

const plan: PlanJson = {
  planned_values: {
    root_module: {
      resources: [
        {
          address: 'aws_s3_bucket.photos',
          mode: 'managed',
          type: 'aws_s3_bucket',
          name: 'photos',
          schema_version: 0,
          values: { bucket: 'hiroba-dev-photos', rule: [{ enabled: true }] },
        },
        {
          address: 'aws_iam_role.counters',
          mode: 'managed',
          type: 'aws_iam_role',
          name: 'counters',
          schema_version: 0,
          values: {},
        },
      ],
    },
  },
  resource_changes: [
    {
      address: 'aws_s3_bucket.photos',
      mode: 'managed',
      type: 'aws_s3_bucket',
      name: 'photos',
      change: {
        actions: ['create'],
        before: null,
        after: {},
        after_unknown: { arn: true, kms: true, versions: true, count: true, rule: [{ id: true }] },
      },
    },
  ],
  configuration: {
    root_module: {
      resources: [
        {
          address: 'aws_s3_bucket.photos',
          expressions: { kms: { references: ['aws_kms_key.data.arn', 'aws_kms_key.data'] } },
        },
      ],
    },
  },
};

const schemas = {
  aws_s3_bucket: {
    block: {
      attributes: {
        arn: { type: 'string' },
        kms: { type: 'string' },
        versions: { type: ['list', 'string'] },
        count: { type: 'number' },
      },
      block_types: { rule: { block: { attributes: { id: { type: 'string' } } } } },
    },
  },
} as const;

test('the state after a plan has what the plan knows, and values of the right type for the rest', () => {
  const state = stateAfter(plan, schemas, (type) => type === 'aws_s3_bucket');
  expect(state).toMatchObject({
    version: 4,
    resources: [
      {
        type: 'aws_s3_bucket',
        name: 'photos',
        instances: [
          {
            attributes: {
              bucket: 'hiroba-dev-photos',
              arn: 'arn:aws:s3:::photos',
              kms: 'arn:aws:kms:us-east-1:123456789012:key/00000000-0000-4000-8000-000000000000',
              versions: [],
              count: 0,
              rule: [{ enabled: true, id: 'photos' }],
            },
          },
        ],
      },
    ],
  });
});

test('what other stacks read of a stack is of the form that AWS gives', () => {
  const document: TerraformDocument = {
    provider: {},
    terraform: {},
    output: {
      table: { value: '${aws_dynamodb_table.posts.stream_arn}' },
      endpoint: { value: '${aws_appsync_graphql_api.graphql.uris["GRAPHQL"]}' },
      site: { value: 'https://${aws_cloudfront_distribution.site.domain_name}' },
    },
  };
  expect(stateOfOutputs(outputsOf(document))).toMatchObject({
    outputs: {
      table: {
        value: 'arn:aws:dynamodb:us-east-1:123456789012:table/posts/stream/2026-01-01T00:00:00.000',
        type: 'string',
      },
      endpoint: { value: 'stand-in', type: 'string' },
      site: { value: 'https://dstandin.cloudfront.net', type: 'string' },
    },
    resources: [],
  });
});
