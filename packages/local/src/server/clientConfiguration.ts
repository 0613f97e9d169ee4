import { localName } from '../services/cloudfront/index.ts';
import type { AppSyncApi } from '../services/appsync/model.ts';
import type { IdentityPoolDefinition } from '../services/cognito-identity/index.ts';
import type { Endpoints } from '../resources/resourceType.ts';

/** What a client needs to reach the system: `GET /config.json`. Nothing in it is secret; API keys are public by nature. */
export interface ClientConfiguration {
  readonly endpoint: string;
  readonly realtimeUrl: string;
  readonly region: string;
  readonly apiKey: string | null;
  readonly userPoolId: string | null;
  readonly userPoolClientId: string | null;
  readonly identityPoolId: string | null;
  /** Scheme and host of the login page, where the client uses it. */
  readonly loginUrl: string | null;
  readonly awsEndpoint: string;
  /** Where CloudFront serves the site here; null without a distribution. */
  readonly siteUrl: string | null;
  /** The object to hand to `Amplify.configure` of aws-amplify v6. */
  readonly amplify: object;
}

export function clientConfiguration(options: {
  readonly api: AppSyncApi;
  readonly endpoints: Endpoints;
  readonly userPoolClientId: string | null;
  /** The pool that gives temporary keys for the API. */
  readonly identityPool?: Pick<IdentityPoolDefinition, 'identityPoolId' | 'allowsGuests'> | undefined;
  /** Whether that client uses the login page. */
  readonly hasLoginPage: boolean;
  /** Absent: the first that the API has. */
  readonly apiKey?: string | null;
  /** `d111111abcdef8.cloudfront.net` */
  readonly siteDomain?: string | undefined;
}): ClientConfiguration {
  const { api, endpoints, userPoolClientId, identityPool } = options;
  const providers = [api.defaultAuthentication, ...api.additionalAuthentication];
  const pool = providers.find((provider) => provider.type === 'AMAZON_COGNITO_USER_POOLS');
  const apiKey = options.apiKey ?? api.apiKeys[0]?.key ?? null;
  const userPool = pool && userPoolClientId ? { userPoolId: pool.userPoolId, userPoolClientId } : null;
  return {
    endpoint: endpoints.graphql,
    realtimeUrl: endpoints.realtime,
    region: api.region,
    apiKey,
    userPoolId: userPool?.userPoolId ?? null,
    userPoolClientId: userPool?.userPoolClientId ?? null,
    identityPoolId: identityPool?.identityPoolId ?? null,
    loginUrl: options.hasLoginPage ? new URL(endpoints.graphql).origin : null,
    awsEndpoint: endpoints.aws,
    siteUrl: options.siteDomain === undefined ? null : siteUrl(options.siteDomain, endpoints),
    amplify: {
      ...(userPool || identityPool ? { Auth: { Cognito: cognito({ userPool, identityPool, endpoints }) } } : {}),
      API: {
        GraphQL: {
          // aws-amplify v6 rewrites "http://" to "wss://" for subscriptions, case-sensitively; upper case keeps plain ws.
          endpoint: endpoints.graphql.replace(/^http:/, 'HTTP:'),
          region: api.region,
          defaultAuthMode: api.defaultAuthentication.type === 'AMAZON_COGNITO_USER_POOLS' ? 'userPool' : 'apiKey',
          ...(apiKey === null ? {} : { apiKey }),
        },
      },
    },
  };
}

interface Pools {
  readonly userPool: { readonly userPoolId: string; readonly userPoolClientId: string } | null;
  readonly identityPool: Pick<IdentityPoolDefinition, 'identityPoolId' | 'allowsGuests'> | undefined;
  readonly endpoints: Endpoints;
}

function cognito({ userPool, identityPool, endpoints }: Pools): object {
  return {
    ...(userPool ? { ...userPool, userPoolEndpoint: `${endpoints.aws}/` } : {}),
    ...(identityPool
      ? {
          identityPoolId: identityPool.identityPoolId,
          allowGuestAccess: identityPool.allowsGuests,
          identityPoolEndpoint: `${endpoints.aws}/`,
        }
      : {}),
  };
}

/** Browsers find names below `localhost` on this machine. */
function siteUrl(domainName: string, { graphql }: Endpoints): string {
  const url = new URL('/', graphql);
  url.hostname = localName(domainName);
  return url.href;
}
