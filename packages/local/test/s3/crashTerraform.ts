import type { Terraform } from './store.ts';

/** A bucket that tells a queue of everything. */
export const notifyingTerraform: Terraform = {
  aws_sqs_queue: { arrivals: { name: 'arrivals' } },
  aws_sqs_queue_policy: {
    arrivals: {
      queue_url: 'http://127.0.0.1/123456789012/arrivals',
      policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 's3.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: 'arn:aws:sqs:eu-central-1:123456789012:arrivals',
          },
        ],
      }),
    },
  },
  aws_s3_bucket_notification: {
    pictures: {
      bucket: 'pictures',
      queue: [{ queue_arn: 'arn:aws:sqs:eu-central-1:123456789012:arrivals', events: ['s3:ObjectCreated:*'] }],
    },
  },
};
