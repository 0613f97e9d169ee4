import { AwsError } from '../aws/error.ts';
import type { AppSync } from '../services/appsync/index.ts';
import { createAppSync } from '../services/appsync/index.ts';
import type { AppSyncApi } from '../services/appsync/model.ts';
import type { JsonValue } from '../json.ts';
import { withAddress } from '../services/lambda/index.ts';
import { askingS3 } from './awsOverHttp.ts';
import { applyMappings, resumeMappings, type RunningMappings } from './mappings.ts';
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
    await requireDestinations(services, definition);
    await services.s3.check(definition.buckets);
    for (const table of definition.tables) dynamodb.provision(table);
    services.limits.replace(definition.throughput);
    services.sqs.provision(definition.queues);
    definition.cognito.pools.forEach(cognito.provisionPool);
    definition.cognito.clients.forEach(cognito.provisionClient);
    definition.cognito.groups.forEach(cognito.provisionGroup);
    services.identities.replace(definition.identityPools);
    services.names.replace(definition.distributions);
    services.eventBridge.replace(definition.eventBuses);
    services.logs.replace(definition.logGroups);
    await services.logSinks.replace(definition);
    for (const lambdaFunction of definition.functions) lambda.provision(lambdaFunction);
    removeFunctions(services, definition, before);
    const appsync = applyApi(services, definition.api, before?.appsync ?? null);
    await services.s3.replace(definition.buckets, definition.objects);
    services.cloudfront.replace(definition.distributions);
    services.ses.replace(definition.ses);
    definition.parameters.forEach(services.ssm.provision);
    services.keyPairs.provision(definition.publicKeys);
    const mappings = await applyMappings(services, definition, before?.mappings ?? new Map());
    lambda.resume();
    // Last, since a rate begins at once.
    services.scheduler.replace(definition.schedules);
    services.sqs.retain(definition.queues.map(({ name }) => name));
    return { definition, appsync, mappings };
  } catch (error) {
    if (before) await restore(services, before);
    throw error;
  }
}

/** What may have been changed before a later part was refused. */
async function restore(services: Services, { definition, mappings }: Applied): Promise<void> {
  const { iam, sqs, lambda, logs, logSinks } = services;
  await iam.replace(definition.iam);
  services.identities.replace(definition.identityPools);
  services.eventBridge.replace(definition.eventBuses);
  logs.replace(definition.logGroups);
  await logSinks.replace(definition);
  sqs.provision(definition.queues);
  for (const lambdaFunction of definition.functions) lambda.provision(lambdaFunction);
  await resumeMappings(mappings);
}

/** Each role must let its service take it on, as AWS asks when the service first uses it. */
async function requireTrust(
  { iam, account }: Services,
  { api, cognito, functions, schedules, requestLog }: SystemDefinition,
): Promise<void> {
  for (const source of api?.dataSources ?? []) {
    if (!('principal' in source) || !source.principal) continue;
    await iam.trusts(source.principal.arn, 'appsync.amazonaws.com', {
      sourceArn: api?.arn ?? '',
      sourceAccount: account.accountId,
    });
  }
  for (const { sms, arn } of cognito.pools) {
    if (!sms) continue;
    const { principal, externalId } = sms;
    const context = { sourceArn: arn, sourceAccount: account.accountId, externalId };
    await iam.trusts(principal.arn, 'cognito-idp.amazonaws.com', context);
  }
  for (const { principal, arn } of functions) {
    await iam.trusts(principal.arn, 'lambda.amazonaws.com', { sourceArn: arn, sourceAccount: account.accountId });
  }
  if (requestLog !== null) {
    const source = { sourceArn: api?.arn ?? '', sourceAccount: account.accountId };
    await iam.trusts(requestLog.principal.arn, 'appsync.amazonaws.com', source);
  }
  for (const { target, groupName } of schedules) {
    // Scheduler names the group, not the schedule (User Guide, "Confused deputy prevention").
    await iam.trusts(target.principal.arn, 'scheduler.amazonaws.com', {
      sourceArn: `arn:aws:scheduler:${account.region}:${account.accountId}:schedule-group/${groupName}`,
      sourceAccount: account.accountId,
    });
  }
}

/** Lambda, too, asks at deployment whether a function's role may send to where its failures go. */
async function requireDestinations({ iam }: Services, { functions, mappings }: SystemDefinition): Promise<void> {
  const sends = functions.flatMap(({ address, principal, asynchronous }) =>
    [asynchronous?.deadLetterQueueArn, asynchronous?.onFailureQueueArn, asynchronous?.onSuccessQueueArn].map(
      (queueArn) => ({ address, principal, queueArn: queueArn ?? null }),
    ),
  );
  for (const mapping of mappings) {
    const owner = functions.find(({ arn }) => arn === mapping.functionArn);
    if (mapping.source !== 'stream' || !owner) continue;
    sends.push({ address: mapping.address, principal: owner.principal, queueArn: mapping.onFailureQueueArn });
  }
  for (const { address, principal, queueArn } of sends) {
    if (queueArn === null) continue;
    try {
      await iam.authorize(principal, { action: 'sqs:SendMessage', resource: queueArn });
    } catch (error) {
      throw withAddress(error, address);
    }
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
  services.typeCheck.prepare([...api.functions, ...api.resolvers].flatMap(({ code }) => code ?? []));
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
    askAws: askingS3(services.s3),
    putEvents: services.eventBridge.putEvents,
    invokeLambda: async (functionArn, payload, type, traceId) => {
      const answer = await lambda.invoke(functionArn, JSON.stringify(payload), type, traceId);
      const value = (answer.payload === '' ? null : JSON.parse(answer.payload)) as JsonValue;
      return answer.functionError === undefined
        ? { payload: value }
        : { payload: null, functionError: functionErrorOf(value) };
    },
    onLog: log,
    onRequest: services.logSinks.request,
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
