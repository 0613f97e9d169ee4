import { AwsError } from '../aws/error.ts';
import type { AppSync } from '../services/appsync/index.ts';
import { createAppSync } from '../services/appsync/index.ts';
import type { AppSyncApi } from '../services/appsync/model.ts';
import type { JsonValue } from '../json.ts';
import { applyMappings, type RunningMappings } from './mappings.ts';
import type { SystemDefinition } from './readSystem.ts';
import type { Services } from './services.ts';

/** What the services run at the moment. */
export interface Applied {
  readonly definition: SystemDefinition;
  readonly appsync: AppSync | null;
  readonly mappings: RunningMappings;
}

/**
 * Brings the services from one definition to the next. What can refuse comes before what changes an answer: when it throws,
 * the last good version goes on serving (a table or index that was added stays, as it would on AWS).
 */
export async function apply(
  services: Services,
  definition: SystemDefinition,
  before: Applied | null,
): Promise<Applied> {
  const { iam, dynamodb, cognito, lambda } = services;
  await iam.replace(definition.iam);
  try {
    await requireTrust(services, definition);
    for (const table of definition.tables) dynamodb.provision(table);
    definition.cognito.pools.forEach(cognito.provisionPool);
    definition.cognito.clients.forEach(cognito.provisionClient);
    definition.cognito.groups.forEach(cognito.provisionGroup);
    for (const lambdaFunction of definition.functions) lambda.provision(lambdaFunction);
    removeFunctions(services, definition, before);
    const appsync = applyApi(services, definition.api, before?.appsync ?? null);
    services.cloudfront.replace(definition.distributions);
    return { definition, appsync, mappings: await applyMappings(services, definition, before?.mappings ?? new Map()) };
  } catch (error) {
    if (before) await iam.replace(before.definition.iam);
    throw error;
  }
}

/** Each role must let its service take it on, as AWS asks when the service first uses it. */
async function requireTrust({ iam, account }: Services, { api, functions }: SystemDefinition): Promise<void> {
  for (const source of api?.dataSources ?? []) {
    if (!('principal' in source) || !source.principal) continue;
    await iam.trusts(source.principal.arn, 'appsync.amazonaws.com', {
      sourceArn: api?.arn ?? '',
      sourceAccount: account.accountId,
    });
  }
  for (const { principal, arn } of functions) {
    await iam.trusts(principal.arn, 'lambda.amazonaws.com', { sourceArn: arn, sourceAccount: account.accountId });
  }
}

function removeFunctions({ lambda }: Services, { functions }: SystemDefinition, before: Applied | null): void {
  const kept = new Set(functions.map(({ functionName }) => functionName));
  for (const { functionName } of before?.definition.functions ?? []) {
    if (!kept.has(functionName)) lambda.remove(functionName);
  }
}

function applyApi(services: Services, api: AppSyncApi | null, running: AppSync | null): AppSync | null {
  if (api === null) {
    running?.close();
    return null;
  }
  if (running) {
    running.replace(api);
    return running;
  }
  const { clock, random, javascript, dynamodb, lambda, iam, cognito, credentials, signatures, log, onCall } = services;
  return createAppSync({
    api,
    clock,
    random,
    javascript,
    dynamodb,
    authorizer: iam,
    verifyUserPoolToken: (userPoolId, token) => ({ claims: cognito.verifyToken([userPoolId], token) }),
    verifySignature: (request) => forbidding(() => signatures.verify({ ...request, service: 'appsync' })),
    credentials: (principal) => credentials.sessionFor(principal),
    invokeLambda: async (functionArn, payload, type) => {
      const answer = await lambda.invoke(functionArn, JSON.stringify(payload), type);
      const value = (answer.payload === '' ? null : JSON.parse(answer.payload)) as JsonValue;
      return answer.functionError === undefined
        ? { payload: value }
        : { payload: null, functionError: functionErrorOf(value) };
    },
    onLog: log,
    ...(onCall ? { onResolverRun: (field) => onCall({ service: 'appsync', field }) } : {}),
    onDefect: (error) => log(`error inside @hiroba/local: ${error instanceof Error ? error.stack : String(error)}`),
  });
}

/** AppSync answers a bad signature with 403, where the other services say 400. */
function forbidding<T>(verify: () => T): T {
  try {
    return verify();
  } catch (error) {
    if (error instanceof AwsError)
      throw new AwsError(error.code, error.message, { statusCode: 403, details: error.details });
    throw error;
  }
}

function functionErrorOf(value: JsonValue): { errorType: string; errorMessage: string } {
  const { errorType, errorMessage } = (value ?? {}) as { errorType?: string; errorMessage?: string };
  return { errorType: errorType ?? 'Error', errorMessage: errorMessage ?? 'null' };
}
