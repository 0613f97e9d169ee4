import type { JsonObject } from '../../../json.ts';
import type { LambdaTriggers } from '../config.ts';
import { type Cognito, type Pool, requireClient, requirePool } from '../context.ts';
import { resourceNotFound } from '../errors.ts';
import { readLimit, readPageToken, requireString, writePageToken } from '../input.ts';
import { DEFAULT_REFRESH_TOKEN_SECONDS, DEFAULT_TOKEN_SECONDS } from '../limits.ts';

export function describeUserPool(cognito: Cognito, input: JsonObject): JsonObject {
  const pool = requirePool(cognito, requireString(input, 'UserPoolId'));
  const { passwordPolicy: policy } = pool;
  return {
    UserPool: {
      ...summary(pool),
      Arn: pool.arn,
      Policies: {
        PasswordPolicy: {
          MinimumLength: policy.minimumLength,
          RequireUppercase: policy.requireUppercase,
          RequireLowercase: policy.requireLowercase,
          RequireNumbers: policy.requireNumbers,
          RequireSymbols: policy.requireSymbols,
          TemporaryPasswordValidityDays: policy.temporaryPasswordValidityDays,
        },
      },
      AutoVerifiedAttributes: [...pool.autoVerifiedAttributes],
      ...(pool.usernameAttributes?.length && { UsernameAttributes: [...pool.usernameAttributes] }),
      ...(pool.aliasAttributes?.length && { AliasAttributes: [...pool.aliasAttributes] }),
      UsernameConfiguration: { CaseSensitive: pool.usernameCaseSensitive ?? true },
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: pool.adminCreateUserOnly ?? false },
      MfaConfiguration: pool.mfa,
      EstimatedNumberOfUsers: cognito.users.count(pool.poolId),
    },
  };
}

export function listUserPools(cognito: Cognito, input: JsonObject): JsonObject {
  const limit = readLimit(input, 'MaxResults');
  const after = readPageToken(input, 'NextToken');
  const pools = [...cognito.pools.values()]
    .filter(({ poolId }) => poolId > after)
    .sort((left, right) => (left.poolId < right.poolId ? -1 : 1));
  const shown = pools.slice(0, limit);
  const last = shown.at(-1);
  return {
    UserPools: shown.map(summary),
    ...(pools.length > limit && last && { NextToken: writePageToken(last.poolId) }),
  };
}

export function describeUserPoolClient(cognito: Cognito, input: JsonObject): JsonObject {
  const poolId = requireString(input, 'UserPoolId');
  requirePool(cognito, poolId);
  const clientId = requireString(input, 'ClientId');
  const { client } = requireClient(cognito, clientId);
  if (client.poolId !== poolId) throw resourceNotFound(`User pool client ${clientId} does not exist.`);
  return {
    UserPoolClient: {
      UserPoolId: poolId,
      ClientId: clientId,
      ClientName: client.name,
      ...(client.secret !== undefined && { ClientSecret: client.secret }),
      ExplicitAuthFlows: [...client.explicitAuthFlows],
      PreventUserExistenceErrors: client.preventUserExistenceErrors,
      EnableTokenRevocation: client.enableTokenRevocation ?? true,
      ...(client.refreshTokenRotation && {
        RefreshTokenRotation: {
          Feature: 'ENABLED',
          RetryGracePeriodSeconds: client.refreshTokenRotation.retryGracePeriodSeconds,
        },
      }),
      AccessTokenValidity: client.accessTokenValiditySeconds ?? DEFAULT_TOKEN_SECONDS,
      IdTokenValidity: client.idTokenValiditySeconds ?? DEFAULT_TOKEN_SECONDS,
      RefreshTokenValidity: client.refreshTokenValiditySeconds ?? DEFAULT_REFRESH_TOKEN_SECONDS,
      TokenValidityUnits: { AccessToken: 'seconds', IdToken: 'seconds', RefreshToken: 'seconds' },
      ...(client.readAttributes && { ReadAttributes: [...client.readAttributes] }),
      ...(client.writeAttributes && { WriteAttributes: [...client.writeAttributes] }),
    },
  };
}

function summary({ poolId, name, createdAt, lambdaTriggers }: Pool): JsonObject {
  return {
    Id: poolId,
    Name: name,
    LambdaConfig: lambdaConfig(lambdaTriggers),
    CreationDate: createdAt / 1_000,
    LastModifiedDate: createdAt / 1_000,
  };
}

function lambdaConfig({ preSignUp, postConfirmation, preTokenGeneration, customMessage }: LambdaTriggers): JsonObject {
  return {
    ...(preSignUp !== undefined && { PreSignUp: preSignUp }),
    ...(postConfirmation !== undefined && { PostConfirmation: postConfirmation }),
    ...(preTokenGeneration !== undefined && {
      PreTokenGenerationConfig: { LambdaArn: preTokenGeneration, LambdaVersion: 'V2_0' },
    }),
    ...(customMessage !== undefined && { CustomMessage: customMessage }),
  };
}
