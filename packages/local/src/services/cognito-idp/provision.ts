import type { GroupDefinition, UserPoolClientDefinition, UserPoolDefinition } from './config.ts';
import { type Cognito, requirePool } from './context.ts';
import type { Pools } from './store/pools.ts';
import { loadSigningKey } from './tokens/keys.ts';

const DEFAULT_FLOWS = ['ALLOW_USER_SRP_AUTH', 'ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'];

/** The names flows had before `ALLOW_`; with them, SRP and refresh were always on. */
const LEGACY_FLOWS: ReadonlyMap<string, string> = new Map([
  ['ADMIN_NO_SRP_AUTH', 'ALLOW_ADMIN_USER_PASSWORD_AUTH'],
  ['USER_PASSWORD_AUTH', 'ALLOW_USER_PASSWORD_AUTH'],
]);

/** Takes what the Terraform says; the pool must come before its clients and groups. */
export function createProvisioning(cognito: Cognito, pools: Pools) {
  const { region } = cognito.account;

  return {
    provisionPool(definition: UserPoolDefinition): void {
      const { poolId, mfa, address, lambdaTriggers } = definition;
      if (!/^[\w-]+_[0-9a-zA-Z]+$/.test(poolId)) throw new TypeError(`${address}: malformed pool id ${poolId}`);
      if (mfa !== 'OFF' && definition.mfaFactors.length === 0) throw new TypeError(`${address} has MFA and no factors`);
      const triggers = Object.values(lambdaTriggers).some((arn) => arn !== undefined);
      if (triggers && !cognito.invokeTrigger) throw new TypeError(`${address} has triggers and no one to invoke them`);
      const known = cognito.pools.get(poolId);
      const secrets = pools.secrets(poolId);
      cognito.pools.set(poolId, {
        ...definition,
        issuer: `https://cognito-idp.${region}.amazonaws.com/${poolId}`,
        srpName: poolId.slice(poolId.indexOf('_') + 1),
        key: known?.key ?? loadSigningKey(secrets.privateKey),
        decoySecret: secrets.decoySecret,
        createdAt: secrets.createdAt,
      });
    },

    provisionClient(definition: UserPoolClientDefinition): void {
      requirePool(cognito, definition.poolId);
      cognito.clients.set(definition.clientId, {
        ...definition,
        explicitAuthFlows: normalizeFlows(definition.explicitAuthFlows),
        preventUserExistenceErrors: definition.preventUserExistenceErrors ?? 'LEGACY',
        ...(definition.generateSecret && { secret: pools.clientSecret(definition.clientId) }),
      });
    },

    provisionGroup(definition: GroupDefinition): void {
      requirePool(cognito, definition.poolId);
      cognito.groups.save(definition, cognito.clock.now());
    },
  };
}

function normalizeFlows(flows: readonly string[]): readonly string[] {
  if (flows.length === 0) return DEFAULT_FLOWS;
  if (flows.every((flow) => flow.startsWith('ALLOW_'))) return flows;
  return [...DEFAULT_FLOWS, ...flows.map((flow) => LEGACY_FLOWS.get(flow) ?? flow)];
}
