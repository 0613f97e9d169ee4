/** What AWS promises for a month, percent, as the service level agreements are commonly cited; below it there are credits. */
export interface Agreement {
  readonly percent: number;
  /** Where the service spans Regions. */
  readonly globalPercent?: number;
  /** Not verified against the service's agreement: https://aws.amazon.com/legal/service-level-agreements/ */
  readonly unverified?: true;
}

export const agreements = {
  EC2: { percent: 99.5 },
  EKS: { percent: 99.95 },
  S3: { percent: 99.9 },
  CloudFront: { percent: 99.9 },
  Cognito: { percent: 99.9 },
  Lambda: { percent: 99.95 },
  AppSync: { percent: 99.95 },
  DynamoDB: { percent: 99.99, globalPercent: 99.999 },
  'Route 53': { percent: 100 },
  RDS: { percent: 99.95 },
  ELB: { percent: 99.99 },
  SQS: { percent: 99.9, unverified: true },
} as const satisfies Record<string, Agreement>;

export type Service = keyof typeof agreements;

/** EC2 in several zones, and an instance in a single one, whose promise is of an hour and not of a month. */
export const EC2_IN_SEVERAL_ZONES = 99.99;
export const EC2_INSTANCE_IN_ONE_ZONE = 90;
