import { readFileSync } from 'node:fs';
import { type Account, LOCAL_ACCOUNT_ID } from '../aws/account.ts';
import type { JsonObject } from '../json.ts';
import { appSyncApi } from '../definitions/appsync.ts';
import { distributionDefinitions } from '../definitions/cloudfront.ts';
import { publicKeys } from '../definitions/trustedKeys.ts';
import { cognitoDefinition, type CognitoDefinition } from '../definitions/cognito.ts';
import { identityPoolDefinitions } from '../definitions/cognitoIdentity.ts';
import { type Throughput, throughputDefinitions } from '../definitions/throughput.ts';
import { tableDefinitions, type TableDefinition } from '../definitions/dynamodb.ts';
import { eventBusDefinitions } from '../definitions/eventBridge.ts';
import { iamDefinition } from '../definitions/iam.ts';
import { type MappingDeclaration, mappingDeclarations } from '../definitions/eventSourceMappings.ts';
import type { KnownLayers } from '../definitions/layers.ts';
import { functionDefinitions } from '../definitions/lambda.ts';
import { scheduleDefinitions } from '../definitions/scheduler.ts';
import { logGroupDefinitions, requestLog, type RequestLog } from '../definitions/logs.ts';
import { sesDefinition } from '../definitions/ses.ts';
import { queueDefinitions } from '../definitions/sqs.ts';
import { parameterDefinitions } from '../definitions/ssm.ts';
import { resourceSet } from '../definitions/resourceSet.ts';
import { bucketDefinitions, declaredObjects } from '../definitions/s3/index.ts';
import { type AttributeContext, ConfigurationError, type ResolvedResource } from '../resources/resourceType.ts';
import type { AppSyncApi } from '../services/appsync/model.ts';
import type { Distribution, TrustedKey } from '../services/cloudfront/index.ts';
import type { EventBus } from '../services/eventbridge/index.ts';
import type { IdentityPoolDefinition } from '../services/cognito-identity/index.ts';
import type { IamDefinition } from '../services/iam/index.ts';
import type { FunctionDefinition } from '../services/lambda/index.ts';
import type { ScheduleDefinition } from '../services/scheduler/index.ts';
import type { LogGroupDefinition } from '../services/logs/index.ts';
import type { SesDefinition } from '../services/sesv2/index.ts';
import type { QueueDefinition } from '../services/sqs/index.ts';
import type { BucketDefinition, DeclaredObject } from '../services/s3/index.ts';
import type { ParameterDefinition } from '../services/ssm/index.ts';
import { supportedResources } from '../supported.ts';
import { type Configuration, evaluate, resolveAsset } from '../terraform/index.ts';

/** What the Terraform describes, in the terms of the services that run it. */
export interface SystemDefinition {
  readonly api: AppSyncApi | null;
  readonly tables: readonly TableDefinition[];
  /** Of tables and their indexes. */
  readonly throughput: ReadonlyMap<string, Throughput>;
  readonly cognito: CognitoDefinition;
  readonly identityPools: readonly IdentityPoolDefinition[];
  readonly functions: readonly FunctionDefinition[];
  readonly mappings: readonly MappingDeclaration[];
  readonly queues: readonly QueueDefinition[];
  readonly iam: IamDefinition;
  readonly distributions: readonly Distribution[];
  readonly publicKeys: readonly TrustedKey[];
  readonly schedules: readonly ScheduleDefinition[];
  readonly eventBuses: readonly EventBus[];
  readonly ses: SesDefinition;
  readonly logGroups: readonly LogGroupDefinition[];
  readonly requestLog: RequestLog | null;
  readonly buckets: readonly BucketDefinition[];
  readonly objects: readonly DeclaredObject[];
  readonly parameters: readonly ParameterDefinition[];
  readonly inventory: Inventory;
  /**
   * What the outputs `api_key` and `user_pool_client_id` tell clients to use, where a stack has them: an API may have
   * several keys, of which one is theirs.
   */
  readonly forClients: { readonly apiKey: string | null; readonly userPoolClientId: string | null };
}

/** What happens to the resources of the Terraform: how many of which type run, are inert, or are unknown here. */
export interface Inventory {
  readonly runs: ReadonlyMap<string, number>;
  readonly inert: ReadonlyMap<string, number>;
  /** Types that are not in `supported.ts`; they do nothing, and a reference to what AWS would add to them fails. */
  readonly unknown: ReadonlyMap<string, number>;
}

/** The region of the stack that holds the API, or of the first stack that names one. */
export function accountOf(configuration: Configuration): Account {
  const stacks = configuration.stacks.toSorted((a, b) => Number(hasApi(b)) - Number(hasApi(a)));
  const regions = stacks.flatMap(({ providers }) =>
    providers.filter(({ alias }) => alias === undefined).map((provider) => provider.arguments['region']),
  );
  const region = regions.find((value) => typeof value === 'string' && !value.includes('${'));
  return { region: typeof region === 'string' ? region : 'us-east-1', accountId: LOCAL_ACCOUNT_ID };
}

const hasApi = ({ resources }: Configuration['stacks'][number]): boolean =>
  resources.some(({ type }) => type === 'aws_appsync_graphql_api');

export function defineSystem(
  configuration: Configuration,
  options: AttributeContext & { readonly layers?: KnownLayers },
): SystemDefinition {
  const { account } = options;
  const context: AttributeContext = options;
  const { resources: evaluated, outputs } = evaluate(configuration, {
    account,
    attributes: (resource, args) => supportedResources[resource.type]?.attributes({ ...resource, args }, context) ?? {},
    dataSource: ({ type, address }) => {
      throw new ConfigurationError(`${address}: data sources of type ${type} are not emulated by @hiroba/local.`);
    },
  });
  const resources = resourceSet(evaluated);
  return {
    api: appSyncApi(resources, account),
    tables: tableDefinitions(resources),
    throughput: throughputDefinitions(resources),
    cognito: cognitoDefinition(resources),
    identityPools: identityPoolDefinitions(resources),
    functions: functionDefinitions(resources, readAsset, options.layers ?? { layers: [], from: process.cwd() }),
    buckets: bucketDefinitions(resources),
    objects: declaredObjects(resources, readAsset),
    mappings: mappingDeclarations(resources),
    queues: queueDefinitions(resources),
    iam: iamDefinition(resources, account.accountId),
    distributions: distributionDefinitions(resources),
    publicKeys: publicKeys(resources),
    schedules: scheduleDefinitions(resources),
    eventBuses: eventBusDefinitions(resources),
    ses: sesDefinition(resources),
    logGroups: logGroupDefinitions(resources),
    requestLog: requestLog(resources),
    parameters: parameterDefinitions(resources),
    inventory: inventoryOf(evaluated),
    forClients: {
      apiKey: textOutput(outputs, 'api_key'),
      userPoolClientId: textOutput(outputs, 'user_pool_client_id'),
    },
  };
}

const readAsset = (resource: ResolvedResource, path: string): Uint8Array => readFileSync(resolveAsset(resource, path));

function textOutput(outputs: ReadonlyMap<string, JsonObject>, name: string): string | null {
  const value = [...outputs.values()].map((ofStack) => ofStack[name]).find((found) => typeof found === 'string');
  return typeof value === 'string' ? value : null;
}

function inventoryOf(resources: readonly ResolvedResource[]): Inventory {
  const counts = {
    runs: new Map<string, number>(),
    inert: new Map<string, number>(),
    unknown: new Map<string, number>(),
  };
  for (const { type } of resources) {
    const count = counts[supportedResources[type]?.status ?? 'unknown'];
    count.set(type, (count.get(type) ?? 0) + 1);
  }
  return counts;
}
