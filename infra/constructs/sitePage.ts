import { Construct, LambdaFunctionUrl, LambdaPermission } from '../aws.ts';
import type { FunctionSpec, SitePage } from '../functions.ts';
import type { Stack } from '../stacks/stack.ts';
import type { BackendFunction } from './backendFunction.ts';

/** A page of the site, and where the CDN gets it. */
export interface MadePage extends SitePage {
  /** Of the function. */
  readonly key: string;
  readonly url: LambdaFunctionUrl;
}

/**
 * Addresses for the functions whose rows have a page. Anybody may call them, past the CDN too: what CloudFront signs for
 * Lambda must carry the hash of its body, which browsers' forms and mail programs do not send. So such a function trusts
 * nothing that it is sent. Provider 6.25 has no argument for the condition that the call came through the address.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
 */
export function sitePages(
  stack: Stack,
  functions: Readonly<Record<string, FunctionSpec>>,
  made: ReadonlyMap<string, BackendFunction>,
): MadePage[] {
  return Object.entries(functions).flatMap(([key, { page }]) => {
    const backend = made.get(key);
    return page && backend ? [{ ...page, key, url: openUrl(stack, key, backend) }] : [];
  });
}

function openUrl(stack: Stack, key: string, { lambda, alias }: BackendFunction): LambdaFunctionUrl {
  const scope = new Construct(stack.group('site pages'), key);
  const version = alias ? { qualifier: alias.name } : {};
  const anybody = { functionName: lambda.functionName, principal: '*', ...version };
  new LambdaPermission(scope, 'call_url', {
    ...anybody,
    statementId: 'anybody-url',
    action: 'lambda:InvokeFunctionUrl',
    functionUrlAuthType: 'NONE',
  });
  new LambdaPermission(scope, 'call', { ...anybody, statementId: 'anybody', action: 'lambda:InvokeFunction' });
  return new LambdaFunctionUrl(scope, 'url', {
    functionName: lambda.functionName,
    authorizationType: 'NONE',
    ...version,
  });
}
