import type { Principal } from '../../aws/service.ts';

/** A GraphQL API as the Terraform describes it, references resolved. Read by `provision`, executed here. */
export interface AppSyncApi {
  readonly apiId: string;
  readonly arn: string;
  readonly name: string;
  readonly region: string;
  readonly accountId: string;
  /** SDL as uploaded, without the declarations of AppSync's own scalars and directives. */
  readonly schema: string;
  readonly defaultAuthentication: AuthenticationProvider;
  readonly additionalAuthentication: readonly AuthenticationProvider[];
  readonly apiKeys: readonly ApiKey[];
  readonly introspection: boolean;
  /** 1-75; 0: no limit. */
  readonly queryDepthLimit: number;
  /** 1-10,000; 0: AppSync's own 10,000. */
  readonly resolverCountLimit: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Absent: the API has no cache. */
  readonly cache?: CacheDefinition;
  readonly dataSources: readonly DataSourceDefinition[];
  readonly functions: readonly FunctionDefinition[];
  readonly resolvers: readonly ResolverDefinition[];
}

export type CachingBehavior = 'FULL_REQUEST_CACHING' | 'PER_RESOLVER_CACHING' | 'OPERATION_LEVEL_CACHING';

export interface CacheDefinition {
  readonly address: string;
  readonly behavior: CachingBehavior;
  readonly ttlSeconds: number;
}

/** `caching_config` of a resolver. Keys as they are written: `$context.source.authorId`. */
export interface CachingConfig {
  readonly ttlSeconds: number;
  readonly keys: readonly string[];
}

export type AuthenticationProvider =
  | { readonly type: 'API_KEY' }
  | { readonly type: 'AWS_IAM' }
  | {
      readonly type: 'AMAZON_COGNITO_USER_POOLS';
      readonly userPoolId: string;
      readonly defaultAction: 'ALLOW' | 'DENY';
      readonly appIdClientRegex?: string;
    };

export interface ApiKey {
  readonly key: string;
  /** Epoch milliseconds. */
  readonly expires: number;
}

export type DataSourceDefinition = { readonly name: string; readonly address: string } & (
  | { readonly type: 'NONE' }
  | { readonly type: 'AMAZON_DYNAMODB'; readonly tableName: string; readonly principal: Principal }
  | { readonly type: 'AWS_LAMBDA'; readonly functionArn: string; readonly principal: Principal }
  | {
      readonly type: 'HTTP';
      readonly endpoint: string;
      readonly principal?: Principal;
      readonly signingService?: string;
      readonly signingRegion?: string;
    }
  | { readonly type: 'AMAZON_EVENTBRIDGE'; readonly eventBusArn: string; readonly principal: Principal }
  | { readonly type: 'NOT_EMULATED'; readonly awsType: string }
);

export interface FunctionDefinition {
  readonly functionId: string;
  readonly name: string;
  readonly address: string;
  readonly dataSource: string;
  readonly code: string;
}

export interface ResolverDefinition {
  readonly typeName: string;
  readonly fieldName: string;
  readonly address: string;
  /** Absent for a direct Lambda resolver. */
  readonly code?: string;
  readonly kind: 'UNIT' | 'PIPELINE';
  /** UNIT only. */
  readonly dataSource?: string;
  /** PIPELINE only, in order. */
  readonly functionIds: readonly string[];
  readonly maxBatchSize: number;
  readonly caching?: CachingConfig;
}
