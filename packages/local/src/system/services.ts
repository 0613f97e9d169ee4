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
import { createCognitoIdp } from '../services/cognito-idp/index.ts';
import { createDynamoDb } from '../services/dynamodb/index.ts';
import { createIam } from '../services/iam/index.ts';
import { createLambda, type LogLine, sqliteCheckpoints } from '../services/lambda/index.ts';
import { createOutbox } from '../services/outbox/index.ts';
import type { Log } from './log.ts';
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
}) {
  const { account, clock, random, folder, endpoints, log } = options;
  const { database } = folder;
  const credentials = createCredentials({ random });
  const rootKey = rootKeyOf(folder, random);
  credentials.register(rootKey, { arn: `arn:aws:iam::${account.accountId}:root` });

  const iam = createIam({ account, clock });
  const dynamodb = createDynamoDb({ database, account, clock, random });
  const outbox = createOutbox({ clock });
  const lambda = createLambda({
    account,
    random,
    endpointUrl: () => endpoints.aws,
    credentialsFor: (principal) => credentials.sessionFor(principal),
    onLog: (line) => log(lambdaLine(line), line.level === 'ERROR' || line.level === 'SYSTEM' ? 'problem' : 'info'),
  });
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
    checkpoints: sqliteCheckpoints(database),
    javascript: rememberModules(createJavaScriptRuntime({ clock, random })),
    signatures: createSignatureVerifier({ credentials, region: account.region, wallClock: systemClock }),
    log,
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
