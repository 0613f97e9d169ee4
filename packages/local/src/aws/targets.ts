import { awsJson, type Protocol } from './protocols.ts';

/** A service of the awsJson protocols, by what stands before the dot in `X-Amz-Target`. */
export interface Target {
  /** The signing name. */
  readonly service: string;
  readonly protocol: Protocol;
}

const dynamoDb = awsJson({
  contentType: 'application/x-amz-json-1.0',
  namespace: 'com.amazonaws.dynamodb.v20120810',
  checksum: true,
});

export const TARGETS: Readonly<Record<string, Target>> = {
  DynamoDB_20120810: { service: 'dynamodb', protocol: dynamoDb },
  // Streams have their own API and host name, but sign as `dynamodb` and refuse with the same namespace.
  DynamoDBStreams_20120810: { service: 'dynamodb', protocol: dynamoDb },
  Logs_20140328: { service: 'logs', protocol: awsJson({ contentType: 'application/x-amz-json-1.1' }) },
  AmazonSSM: { service: 'ssm', protocol: awsJson({ contentType: 'application/x-amz-json-1.1' }) },
  AWSCognitoIdentityProviderService: {
    service: 'cognito-idp',
    protocol: awsJson({ contentType: 'application/x-amz-json-1.1' }),
  },
  AWSCognitoIdentityService: {
    service: 'cognito-identity',
    protocol: awsJson({ contentType: 'application/x-amz-json-1.1' }),
  },
  AmazonSQS: {
    service: 'sqs',
    protocol: awsJson({
      contentType: 'application/x-amz-json-1.0',
      namespace: 'com.amazonaws.sqs',
      queryErrors: true,
    }),
  },
};
