import type { Construct } from '../aws.ts';
import type { Config } from '../config.ts';
import { alarms as makeAlarms } from '../constructs/alarms.ts';
import { budget } from '../constructs/budget.ts';
import { dashboard, savedQuery } from '../constructs/dashboard.ts';
import { operationsKey } from '../constructs/encryptionKey.ts';
import { errorStream, throttledFields } from '../constructs/errorStream.ts';
import { healthCheck } from '../constructs/healthCheck.ts';
import { configurationSetName } from '../constructs/mail.ts';
import { incidentChannel, type IncidentChannel } from '../constructs/incidentChannel.ts';
import type { OperationsFunction } from '../constructs/operationsFunction.ts';
import { probe } from '../constructs/probe.ts';
import { trail } from '../constructs/trail.ts';
import { genericIncidentHosts } from '../incidentHosts.ts';
import type { LambdaPackage } from '../lambdaPackages.ts';
import { alarms } from '../observability/alarms.ts';
import { dashboards } from '../observability/dashboards.ts';
import type { Watched } from '../observability/metrics.ts';
import { savedQueries, type LogGroups } from '../observability/queries.ts';
import { runbook } from '../runbook.ts';
import { tables, type TableKey } from '../tables.ts';
import type { ApiStack } from './api.ts';
import type { DataStack } from './data.ts';
import type { EdgeStack } from './edge.ts';
import { Stack } from './stack.ts';

/** CloudFront's and Route 53's metrics are kept here only, and an alarm reads its own Region. */
const GLOBAL_REGION = 'us-east-1';

export interface ObservedStacks {
  readonly data: DataStack;
  readonly api: ApiStack;
  readonly edge: EdgeStack;
}

/** By the key of the function, with the path relative to the stack's folder. */
export type Packages = ReadonlyMap<string, LambdaPackage & { readonly path: string }>;

/** How people learn what the system does and when it does not: dashboards, logs, alarms, and whom they tell. */
export class ObservabilityStack extends Stack {
  constructor(scope: Construct, config: Config, observed: ObservedStacks, packages: Packages) {
    super(scope, 'observability', config);
    const { data, api } = observed;
    const topicKey = config.switches.customerManagedKeys ? operationsKey(this) : undefined;
    const keys = { key: data.key, logKey: data.logKey };
    const channel = incidentChannel(this, {
      ...keys,
      topicKey,
      package: found(packages, 'incidents'),
      genericHosts: genericIncidentHosts,
    });
    const probing = config.switches.canary
      ? this.#probe(api, { ...keys, package: found(packages, 'probe') })
      : undefined;
    const logGroups = this.#logGroups(observed, { channel, probing });
    const watched = this.#watched(observed, { channel, probing });

    for (const each of dashboards(watched, logGroups)) dashboard(this, each);
    for (const each of savedQueries(logGroups)) savedQuery(this, each);
    throttledFields(this, api.apiLogGroup);
    errorStream(this, { adapter: channel.adapter, api: api.apiLogGroup, functions: this.#errorSources(api, probing) });
    makeAlarms(this, alarms(config, this.#inThisRegion(watched)), { topics: channel.topics, runbook: runbook(config) });
    budget(this, channel.topics.notice);
    if (config.switches.customerManagedKeys) trail(this, topicKey);
  }

  #probe(api: ApiStack, props: Omit<Parameters<typeof probe>[1], 'endpoint' | 'apiKey'>): OperationsFunction {
    return probe(this, { ...props, endpoint: api.api.uris.lookup('GRAPHQL'), apiKey: api.apiKey.key });
  }

  #watched(
    { api, edge }: ObservedStacks,
    { channel, probing }: { readonly channel: IncidentChannel; readonly probing: OperationsFunction | undefined },
  ): Watched {
    const { canary } = this.config.switches;
    const following = [...api.functions].flatMap(([key, { failed }]) => (failed ? [key] : []));
    const called = [...api.functions.keys()].filter((key) => !following.includes(key) && !api.queues.has(key));
    const functionNames = (keys: readonly string[]) => Object.fromEntries(keys.map((key) => [key, this.named(key)]));
    const failed = following.map((key) => [key, this.named(`${key}-failed`)] as const);
    return {
      region: this.config.region,
      namePrefix: this.config.namePrefix,
      apiId: api.api.id,
      tables: Object.fromEntries(Object.keys(tables).map((key) => [key, this.named(key)])) as Record<TableKey, string>,
      streamFunctions: functionNames(following),
      queueFunctions: functionNames([...api.queues.keys()].filter((key) => !following.includes(key))),
      otherFunctions: functionNames([
        ...called,
        ...(api.publicReads ? ['persistedQuery'] : []),
        'incidents',
        ...(probing ? ['probe'] : []),
      ]),
      workQueues: this.#workQueues(api),
      deadLetters: { ...Object.fromEntries(failed), incidents: channel.undelivered.name },
      configurationSet: configurationSetName(this),
      probe: probing !== undefined,
      distributionId: canary ? edge.distribution.id : undefined,
      healthCheckId: canary && this.config.domain ? healthCheck(this, this.config.domain).id : undefined,
    };
  }

  #workQueues({ queues }: ApiStack): Watched['workQueues'] {
    const named = [...queues].map(([key, { source }]) => {
      const { alarmAgeSeconds } = source;
      return [key, { queueName: this.named(key), deadLetterName: this.named(`${key}-dead`), alarmAgeSeconds }] as const;
    });
    return Object.fromEntries(named);
  }

  #inThisRegion(watched: Watched): Watched {
    if (this.config.region === GLOBAL_REGION) return watched;
    return { ...watched, distributionId: undefined, healthCheckId: undefined };
  }

  #logGroups(
    { api }: ObservedStacks,
    { channel, probing }: { readonly channel: IncidentChannel; readonly probing: OperationsFunction | undefined },
  ): LogGroups {
    const functions = [...api.functions.values()].map(({ logGroup }) => logGroup.name);
    const others = [...(api.publicReads ? [api.publicReads] : []), channel.adapter, ...(probing ? [probing] : [])];
    return { api: api.apiLogGroup.name, functions: [...functions, ...others.map(({ logGroup }) => logGroup.name)] };
  }

  /** Not the adapter itself. */
  #errorSources(api: ApiStack, probing: OperationsFunction | undefined) {
    return {
      ...Object.fromEntries([...api.functions].map(([key, { logGroup }]) => [key, logGroup])),
      ...(api.publicReads ? { persistedQuery: api.publicReads.logGroup } : {}),
      ...(probing ? { probe: probing.logGroup } : {}),
    };
  }
}

function found<V>(map: ReadonlyMap<string, V>, key: string): V {
  const value = map.get(key);
  if (value === undefined) throw new Error(`Nothing is packed for ${key}.`);
  return value;
}
