import { allowing, trusting } from './terraform.ts';

/**
 * The journal of the greenhouse: gardeners upload pages of readings by hand, and a function records them. With everything
 * that belongs to a bucket.
 */
export function greenhouseJournal() {
  const bucket = '${aws_s3_bucket.journal.id}';
  const objects = '${aws_s3_bucket.journal.arn}/*';
  return {
    role: { name: '${local.prefix}-journal', assume_role_policy: trusting('lambda.amazonaws.com') },
    policy: {
      name: 'journal',
      role: '${aws_iam_role.journal.name}',
      policy: allowing(
        { Action: ['s3:GetObject'], Resource: ['${aws_s3_bucket.journal.arn}/pages/*'] },
        { Action: ['dynamodb:PutItem'], Resource: ['${aws_dynamodb_table.readings.arn}'] },
      ),
    },
    function: {
      function_name: '${local.prefix}-journal',
      filename: 'journal.zip',
      handler: 'index.handler',
      runtime: 'nodejs24.x',
      role: '${aws_iam_role.journal.arn}',
      timeout: 10,
      memory_size: 256,
      environment: { variables: { READINGS_TABLE: '${aws_dynamodb_table.readings.name}' } },
    },
    permission: {
      function_name: '${aws_lambda_function.journal.function_name}',
      action: 'lambda:InvokeFunction',
      principal: 's3.amazonaws.com',
      source_arn: '${aws_s3_bucket.journal.arn}',
    },
    queue: { name: '${local.prefix}-removed-pages' },
    queuePolicy: {
      queue_url: '${aws_sqs_queue.journal.url}',
      policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 's3.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: '${aws_sqs_queue.journal.arn}',
            Condition: { ArnEquals: { 'aws:SourceArn': '${aws_s3_bucket.journal.arn}' } },
          },
        ],
      }),
    },
    resources: {
      aws_s3_bucket: { journal: { bucket: '${local.prefix}-journal' } },
      aws_s3_bucket_cors_configuration: {
        journal: {
          bucket,
          cors_rule: [
            {
              allowed_methods: ['GET', 'PUT', 'POST'],
              allowed_origins: ['http://localhost:*'],
              allowed_headers: ['*'],
              expose_headers: ['ETag'],
              max_age_seconds: 600,
            },
          ],
        },
      },
      aws_s3_bucket_lifecycle_configuration: {
        journal: {
          bucket,
          rule: [
            { id: 'old pages', status: 'Enabled', filter: [{ prefix: 'pages/' }], expiration: [{ days: 30 }] },
            {
              id: 'unfinished',
              status: 'Enabled',
              filter: [{ prefix: '' }],
              abort_incomplete_multipart_upload: [{ days_after_initiation: 1 }],
            },
          ],
        },
      },
      aws_s3_bucket_notification: {
        journal: {
          bucket,
          queue: [{ queue_arn: '${aws_sqs_queue.journal.arn}', events: ['s3:ObjectRemoved:*'] }],
          lambda_function: [
            {
              lambda_function_arn: '${aws_lambda_function.journal.arn}',
              events: ['s3:ObjectCreated:*'],
              filter_prefix: 'pages/',
              filter_suffix: '.txt',
            },
          ],
        },
      },
      aws_s3_bucket_ownership_controls: { journal: { bucket, rule: { object_ownership: 'BucketOwnerEnforced' } } },
      aws_s3_bucket_policy: {
        journal: {
          bucket,
          policy: JSON.stringify({
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Deny',
                Principal: '*',
                Action: 's3:*',
                Resource: ['${aws_s3_bucket.journal.arn}', objects],
                Condition: { Bool: { 'aws:SecureTransport': 'false' } },
              },
            ],
          }),
        },
      },
      aws_s3_bucket_public_access_block: {
        journal: {
          bucket,
          block_public_acls: true,
          block_public_policy: true,
          ignore_public_acls: true,
          restrict_public_buckets: true,
        },
      },
      aws_s3_bucket_server_side_encryption_configuration: {
        journal: { bucket, rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: 'AES256' }] }] },
      },
      aws_s3_bucket_versioning: { journal: { bucket, versioning_configuration: { status: 'Enabled' } } },
      aws_s3_object: {
        instructions: {
          bucket,
          key: 'instructions.txt',
          content: 'One line for each reading: the time, a space, the temperature.\n',
          content_type: 'text/plain; charset=utf-8',
        },
      },
    },
  };
}
