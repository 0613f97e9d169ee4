import { describe, expect, it } from 'vitest';
import { cognitoDefinition } from '../../src/definitions/cognito.ts';
import { resourceSet } from '../../src/definitions/resourceSet.ts';
import type { JsonObject } from '../../src/json.ts';

const POOL_ID = 'us-east-1_Ab3dEf9hI';
const ROLE_ARN = 'arn:aws:iam::123456789012:role/text-messages';

function define(pool: JsonObject, client: JsonObject = {}) {
  const resource = (type: string, args: JsonObject, computed: JsonObject = {}) => ({
    type,
    name: 'members',
    address: `${type}.members`,
    stack: 'data',
    file: 'cdk.tf.json',
    directory: '.',
    arguments: {},
    meta: { dependsOn: [] },
    args,
    attributes: { ...args, ...computed },
  });
  const resources = [
    resource('aws_iam_role', { name: 'text-messages' }, { arn: ROLE_ARN }),
    resource(
      'aws_cognito_user_pool',
      { name: 'members', ...pool },
      { id: POOL_ID, arn: `arn:aws:cognito-idp:us-east-1:123456789012:userpool/${POOL_ID}` },
    ),
    resource(
      'aws_cognito_user_pool_client',
      { name: 'web', user_pool_id: POOL_ID, ...client },
      { id: '1h57kf5cpq17m0eml12EXAMPLE' },
    ),
  ];
  return cognitoDefinition(resourceSet(resources));
}

const sms = { sms_configuration: { sns_caller_arn: ROLE_ARN, external_id: 'members' } };
const totp = { software_token_mfa_configuration: { enabled: true } };

describe('a pool of the Terraform', () => {
  it('has no second factor, texts nobody, and recovers by phone or mail, when it says nothing', () => {
    expect(define({}).pools[0]).toMatchObject({ mfa: 'OFF', mfaFactors: [] });
    expect(define({}).pools[0]).not.toHaveProperty('sms');
    expect(define({}).pools[0]).not.toHaveProperty('recovery');
  });

  it('offers what it can carry as a second factor', () => {
    const factors = (pool: JsonObject) => define({ mfa_configuration: 'OPTIONAL', ...pool }).pools[0]?.mfaFactors;
    expect(factors(totp)).toEqual(['SOFTWARE_TOKEN_MFA']);
    expect(factors(sms)).toEqual(['SMS_MFA']);
    expect(factors({ ...totp, ...sms })).toEqual(['SOFTWARE_TOKEN_MFA', 'SMS_MFA']);
  });

  it('texts as the role it names', () => {
    expect(define(sms).pools[0]?.sms).toEqual({
      principal: { arn: ROLE_ARN, address: 'aws_iam_role.members' },
      externalId: 'members',
    });
  });

  it('recovers in the order of priority', () => {
    const recovery_mechanism = [
      { name: 'verified_phone_number', priority: 2 },
      { name: 'verified_email', priority: 1 },
    ];
    expect(define({ account_recovery_setting: [{ recovery_mechanism }] }).pools[0]?.recovery).toEqual([
      'email',
      'phone_number',
    ]);
    const adminOnly = { recovery_mechanism: [{ name: 'admin_only', priority: 1 }] };
    expect(define({ account_recovery_setting: adminOnly }).pools[0]?.recovery).toEqual([]);
  });

  it.each<[JsonObject, JsonObject, string]>([
    [
      { mfa_configuration: 'OPTIONAL' },
      {},
      'aws_cognito_user_pool.members.mfa_configuration is OPTIONAL without a factor: add software_token_mfa_configuration.',
    ],
    [
      { mfa_configuration: 'MAYBE' },
      {},
      'aws_cognito_user_pool.members.mfa_configuration must be OFF, OPTIONAL or ON, not "MAYBE"',
    ],
    [
      { sms_configuration: { sns_caller_arn: 'arn:aws:iam::123456789012:role/none', external_id: 'members' } },
      {},
      'aws_cognito_user_pool.members needs an aws_iam_role whose arn is "arn:aws:iam::123456789012:role/none", and the Terraform has none.',
    ],
    [
      { user_pool_tier: 'LITE' },
      { refresh_token_rotation: [{ feature: 'ENABLED' }] },
      'aws_cognito_user_pool_client.members.refresh_token_rotation needs a pool with user_pool_tier ESSENTIALS or PLUS, not LITE.',
    ],
  ])('%#: that cannot be run stops the start and says why', (pool, client, message) => {
    expect(() => define(pool, client)).toThrow(message);
  });
});

describe('a client of the Terraform', () => {
  it('keeps its refresh token unless it says that they rotate', () => {
    const rotation = (client: JsonObject) => define({}, client).clients[0]?.refreshTokenRotation;
    expect(rotation({})).toBeUndefined();
    expect(rotation({ refresh_token_rotation: [{ feature: 'DISABLED' }] })).toBeUndefined();
    expect(rotation({ refresh_token_rotation: [{ feature: 'ENABLED', retry_grace_period_seconds: 10 }] })).toEqual({
      retryGracePeriodSeconds: 10,
    });
  });
});
