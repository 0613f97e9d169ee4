import {
  AppsyncApiKey,
  type AppsyncGraphqlApi,
  type CloudwatchLogGroup,
  Construct,
  type KmsKey,
  type LambdaFunction,
  LambdaFunctionUrl,
} from '../aws.ts';
import { apiKeyQuarters } from '../apiKeyQuarters.ts';
import type { UrlFunctionSpec } from '../functions.ts';
import { keyStatement } from '../iamPolicy.ts';
import type { LambdaPackage } from '../lambdaPackages.ts';
import type { Stack } from '../stacks/stack.ts';
import { packagedFunction } from './packagedFunction.ts';

export interface PublicReadsContext {
  readonly api: AppsyncGraphqlApi;
  /** Of the environment. */
  readonly key: KmsKey | undefined;
  readonly logKey: KmsKey | undefined;
  /** The deployment package and where it lies, relative to the stack's folder. */
  readonly package: LambdaPackage & { readonly path: string };
}

/** What the CDN asks when it has no answer kept. */
export interface PublicReads {
  readonly lambda: LambdaFunction;
  readonly url: LambdaFunctionUrl;
  readonly logGroup: CloudwatchLogGroup;
  /** The API key that only this function has. Web ACLs know it by that. */
  readonly apiKey: AppsyncApiKey;
}

/**
 * A function with an address of its own, which nobody may call yet: the edge stack lets its distribution in. It sees what
 * the public sees, since it asks by API key (decision 0013).
 */
export function publicReads(
  stack: Stack,
  key: string,
  spec: UrlFunctionSpec,
  context: PublicReadsContext,
): PublicReads {
  const scope = new Construct(stack.group('public reads'), key);
  const apiKey = ownApiKey(scope, stack, context.api);
  const { lambda, logGroup } = packagedFunction(scope, stack, key, {
    ...spec,
    package: context.package,
    statements: context.key ? [keyStatement(context.key.arn)] : [],
    environment: { GRAPHQL_ENDPOINT: context.api.uris.lookup('GRAPHQL'), GRAPHQL_API_KEY: apiKey.key },
    key: context.key,
    logKey: context.logKey,
  });
  const url = new LambdaFunctionUrl(scope, 'url', { functionName: lambda.functionName, authorizationType: 'AWS_IAM' });
  return { lambda, url, logGroup, apiKey };
}

/** Moved on by each quarter's first deployment, as those of clients are, but one is enough: nobody has to be told. */
function ownApiKey(scope: Construct, stack: Stack, api: AppsyncGraphqlApi): AppsyncApiKey {
  const [{ expires }] = apiKeyQuarters(stack.config.now);
  return new AppsyncApiKey(scope, 'key', { apiId: api.id, description: stack.named('public-reads'), expires });
}
