import { createAlarms } from '../alarms.ts';
import type { Account } from '../aws/account.ts';
import { createCredentials, type AccessKey } from '../aws/credentials.ts';
import { createSealedSessions } from '../aws/sealedSessions.ts';
import { environmentOrRandomKey, loadOrCreateSharedCredentials } from '../aws/sharedCredentials.ts';
import { createSignatureVerifier } from '../aws/signature.ts';
import { type MovableClock, systemClock } from '../clock.ts';
import type { DataFolder } from '../data/folder.ts';
import { idMaker } from '../data/ids.ts';
import { keptObjectFolder, temporaryObjectFolder } from '../data/objectFolder.ts';
import { createSealing } from '../data/sealing.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { faultyDynamoDb } from '../faults/dynamodb.ts';
import type { Faults } from '../faults/faults.ts';
import { faultySes } from '../faults/mail.ts';
import { doubledNotifications, slowS3 } from '../faults/s3.ts';
import { killingWorkers } from '../faults/workers.ts';
import type { Random } from '../random.ts';
import { roleUniqueId } from '../resources/iam.ts';
import type { Endpoints } from '../resources/resourceType.ts';
import { createEventBridge } from '../services/eventbridge/index.ts';
import { createJavaScriptRuntime } from '../services/appsync/javascript/index.ts';
import { createTypeCheck } from '../services/appsync/javascript/types/index.ts';
import { PASSED_FILE } from '../services/appsync/javascript/types/passed.ts';
import { type ObservedEvaluation, observedRuntime } from '../services/appsync/javascript/observedRuntime.ts';
import { createCloudFront } from '../services/cloudfront/index.ts';
import { createCognitoIdentity } from '../services/cognito-identity/index.ts';
import { createCognitoIdp } from '../services/cognito-idp/index.ts';
import { createDynamoDb } from '../services/dynamodb/index.ts';
import { createIam } from '../services/iam/index.ts';
import { createLogs } from '../services/logs/index.ts';
import { createLambda, type LogLine, sqliteCheckpoints } from '../services/lambda/index.ts';
import { createOutbox } from '../services/outbox/index.ts';
import { createS3 } from '../services/s3/index.ts';
import { createScheduler } from '../services/scheduler/index.ts';
import { createSesV2, type SendingLimits } from '../services/sesv2/index.ts';
import { createSqs } from '../services/sqs/index.ts';
import { createSsm } from '../services/ssm/index.ts';
import { createLocalKeyPairs } from './localKeyPairs.ts';
import { withLocalPolicies } from './localPolicies.ts';
import { createLocalNames } from './localNames.ts';
import type { Log } from './log.ts';
import { createLogSinks } from './logSinks.ts';
import { createLimits } from '../throttling/limits.ts';
import { throttledDynamoDb } from '../throttling/dynamodb.ts';
import { observeDynamoDb, observeLambda, type OnCall } from './observe.ts';
import { objectEventTargets } from './objectEvents.ts';
import { rememberModules } from './rememberModules.ts';
import { scheduleTargets } from './scheduleTargets.ts';

export type Services = ReturnType<typeof createServices>;

/** Every service of the system, empty; `apply` gives them what the Terraform describes. */
export function createServices(options: {
  readonly account: Account;
  readonly clock: MovableClock;
  readonly random: Random;
  readonly folder: DataFolder;
  readonly endpoints: Endpoints;
  readonly log: Log;
  /** How much mail may be sent. */
  readonly mail?: SendingLimits | undefined;
  readonly faults: Faults;
  /** Whether DynamoDB refuses what is beyond the capacity of its tables. */
  readonly throttle: boolean;
  readonly onCall?: OnCall | undefined;
  readonly onEvaluation?: ((observed: ObservedEvaluation) => void) | undefined;
}) {
  const { account, clock, random, folder, endpoints, log, faults, onCall, onEvaluation } = options;
  const { database } = folder;
  const sealing = createSealing(folder.path, random);
  const sessions = createSealedSessions({ sealing, random, clock });
  const credentials = createCredentials({ random, sealed: sessions });
  const rootKey = rootKeyOf(folder, random);
  credentials.register(rootKey, { arn: `arn:aws:iam::${account.accountId}:root` });

  const alarms = createAlarms(clock);
  const typeCheck = createTypeCheck({ passedFile: PASSED_FILE });
  const remembered = rememberModules(createJavaScriptRuntime({ clock, random, typeCheck }));
  const iam = createIam({ account, clock });
  const silentDynamoDb = createDynamoDb({ database, account, clock, random });
  const limits = createLimits();
  const limited = options.throttle
    ? throttledDynamoDb(silentDynamoDb, { throughput: limits.current, clock })
    : silentDynamoDb;
  const dynamodb = faultyDynamoDb(onCall ? observeDynamoDb(limited, onCall) : limited, faults);
  const outbox = createOutbox({ clock, database });
  const sendingLimits = options.mail ? { limits: options.mail } : {};
  const mail = { outbox, wallClock: systemClock, onLog: log, ...sendingLimits };
  const ses = faultySes(createSesV2({ database, account, clock, random, ...mail }), faults);
  const makeId = idMaker(folder.salt);
  const sqs = createSqs({
    database,
    account,
    clock,
    alarms,
    random,
    authorizer: iam,
    roleIdOf: (roleName) => roleUniqueId(roleName, makeId),
  });
  const names = createLocalNames(() => new URL(endpoints.graphql).origin);
  const ssm = createSsm({ database, account, clock, sealing, localize: names.localize });
  const keyPairs = createLocalKeyPairs(ssm, (line) => log(line, 'problem'));
  const logs = createLogs({ account, clock });
  const logSinks = createLogSinks({ logs, iam, account, clock, log });
  const silentLambda = createLambda({
    database,
    account,
    random,
    alarms,
    sendToQueue: (queueArn, message, principal) => sqs.send(queueArn, message, { principal }),
    clock,
    ...(faults.has('workerKilled') ? { around: killingWorkers(faults) } : {}),
    endpointUrl: () => endpoints.aws,
    localize: names.localize,
    credentialsFor: (principal) => credentials.sessionFor(principal),
    onLog: (line) => {
      log(lambdaLine(line), line.level === 'ERROR' || line.level === 'SYSTEM' ? 'problem' : 'info');
      logSinks.line(line);
    },
    onFailure: logSinks.failure,
  });
  const lambda = onCall ? observeLambda(silentLambda, onCall) : silentLambda;
  const cognito = createCognitoIdp({
    database,
    account,
    clock,
    wallClock: systemClock,
    sealing,
    random,
    outbox,
    authorizer: iam,
    invokeTrigger: async (functionArn, event) => {
      const { payload, functionError } = await lambda.invoke(functionArn, JSON.stringify(event));
      if (functionError !== undefined) throw new Error(errorMessageOf(payload));
      return JSON.parse(payload) as JsonValue;
    },
  });
  const identities = createCognitoIdentity({
    database,
    account,
    clock,
    random,
    sessions,
    iam,
    userPools: cognito,
    log: (line) => log(line, 'problem'),
  });
  const scheduler = createScheduler({
    database,
    account,
    clock,
    alarms,
    random,
    targets: scheduleTargets({ iam, lambda, sqs }),
    log: (line) => log(line, 'problem'),
  });
  const objects = folder.path === null ? temporaryObjectFolder() : keptObjectFolder(folder.path);
  const faultlessS3 = createS3({
    database,
    folder: objects.path,
    account,
    clock,
    wallClock: systemClock,
    random,
    alarms,
    credentials,
    authorizer: iam,
    targets: doubledNotifications(objectEventTargets({ iam, lambda, sqs, account }), faults),
    log: (line) => log(line, 'problem'),
  });
  const s3 = slowS3(faultlessS3, faults);
  const edge = createCloudFront({
    account,
    clock,
    random,
    authorizer: iam,
    invoke: (functionArn, event) => lambda.invoke(functionArn, JSON.stringify(event)),
    askBucket: (request) => s3.call(request),
    publicKeyOf: keyPairs.publicKeyOf,
    log: (line) => log(line, 'problem'),
  });
  const cloudfront = withLocalPolicies(edge, () => ({ api: new URL(endpoints.graphql).origin, aws: endpoints.aws }));
  return {
    account,
    clock,
    alarms,
    random,
    objects,
    s3,
    credentials,
    rootKey,
    iam,
    dynamodb,
    limits,
    sqs,
    outbox,
    ses,
    ssm,
    keyPairs,
    logs,
    logSinks,
    names,
    lambda,
    cognito,
    identities,
    cloudfront,
    scheduler,
    faults,
    checkpoints: sqliteCheckpoints(database),
    eventBridge: createEventBridge({ account, clock, random }),
    typeCheck,
    javascript: onEvaluation ? observedRuntime(remembered, onEvaluation) : remembered,
    signatures: createSignatureVerifier({
      credentials,
      region: account.region,
      wallClock: systemClock,
      localClock: clock,
    }),
    log,
    onCall,
  };
}

/** Ends what would still act by itself: timers, workers, and who waits for a message. */
export async function endServices({ alarms, sqs, lambda, s3 }: Services): Promise<void> {
  alarms.close();
  sqs.close();
  await lambda.close();
  s3.close();
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
