import type { Account } from '../aws/account.ts';
import { createCredentials, type AccessKey } from '../aws/credentials.ts';
import { environmentOrRandomKey, loadOrCreateSharedCredentials } from '../aws/sharedCredentials.ts';
import { createSignatureVerifier } from '../aws/signature.ts';
import { type MovableClock, systemClock } from '../clock.ts';
import type { DataFolder } from '../data/folder.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { Random } from '../random.ts';
import type { Endpoints } from '../resources/resourceType.ts';
import { createJavaScriptRuntime } from '../services/appsync/javascript/index.ts';
import { type ObservedEvaluation, observedRuntime } from '../services/appsync/javascript/observedRuntime.ts';
import { createCloudFront } from '../services/cloudfront/index.ts';
import { createCognitoIdp } from '../services/cognito-idp/index.ts';
import { createDynamoDb } from '../services/dynamodb/index.ts';
import { createIam } from '../services/iam/index.ts';
import { createLambda, type LogLine, sqliteCheckpoints } from '../services/lambda/index.ts';
import { createOutbox } from '../services/outbox/index.ts';
import type { Log } from './log.ts';
import { observeDynamoDb, observeLambda, type OnCall } from './observe.ts';
import { rememberModules } from './rememberModules.ts';

export type Services = ReturnType<typeof createServices>;

/** Every service of the system, empty; `apply` gives them what the Terraform describes. */
export function createServices(options: {
  readonly account: Account;
  readonly clock: MovableClock;
  readonly random: Random;
  readonly folder: DataFolder;
  readonly endpoints: Endpoints;
  readonly log: Log;
  readonly onCall?: OnCall | undefined;
  readonly onEvaluation?: ((observed: ObservedEvaluation) => void) | undefined;
}) {
  const { account, clock, random, folder, endpoints, log, onCall, onEvaluation } = options;
  const { database } = folder;
  const credentials = createCredentials({ random });
  const rootKey = rootKeyOf(folder, random);
  credentials.register(rootKey, { arn: `arn:aws:iam::${account.accountId}:root` });

  const remembered = rememberModules(createJavaScriptRuntime({ clock, random }));
  const iam = createIam({ account, clock });
  const silentDynamoDb = createDynamoDb({ database, account, clock, random });
  const dynamodb = onCall ? observeDynamoDb(silentDynamoDb, onCall) : silentDynamoDb;
  const outbox = createOutbox({ clock });
  const silentLambda = createLambda({
    account,
    random,
    endpointUrl: () => endpoints.aws,
    credentialsFor: (principal) => credentials.sessionFor(principal),
    onLog: (line) => log(lambdaLine(line), line.level === 'ERROR' || line.level === 'SYSTEM' ? 'problem' : 'info'),
  });
  const lambda = onCall ? observeLambda(silentLambda, onCall) : silentLambda;
  const cognito = createCognitoIdp({
    database,
    account,
    clock,
    random,
    outbox,
    invokeTrigger: async (functionArn, event) => {
      const { payload, functionError } = await lambda.invoke(functionArn, JSON.stringify(event));
      if (functionError !== undefined) throw new Error(errorMessageOf(payload));
      return JSON.parse(payload) as JsonValue;
    },
  });
  const cloudfront = createCloudFront({
    account,
    clock,
    random,
    authorizer: iam,
    invoke: (functionArn, event) => lambda.invoke(functionArn, JSON.stringify(event)),
    log: (line) => log(line, 'problem'),
  });
  return {
    account,
    clock,
    random,
    credentials,
    rootKey,
    iam,
    dynamodb,
    outbox,
    lambda,
    cognito,
    cloudfront,
    checkpoints: sqliteCheckpoints(database),
    javascript: onEvaluation ? observedRuntime(remembered, onEvaluation) : remembered,
    signatures: createSignatureVerifier({ credentials, region: account.region, wallClock: systemClock }),
    log,
    onCall,
  };
}

function rootKeyOf({ path }: DataFolder, random: Random): AccessKey {
  return path === null ? environmentOrRandomKey(random) : loadOrCreateSharedCredentials(path, { random });
}

function lambdaLine({ functionName, requestId, level, message }: LogLine): string {
  return `lambda ${functionName} ${requestId ?? '-'} ${level} ${message}`;
}

function errorMessageOf(payload: string): string {
  const { errorMessage } = JSON.parse(payload) as JsonObject;
  return typeof errorMessage === 'string' ? errorMessage : payload;
}
