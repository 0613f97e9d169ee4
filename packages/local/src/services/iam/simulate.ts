import { createValidatedPolicy } from '@cloud-copilot/iam-policy';
import { anonymousPrincipal, runSimulation, type RequestAnalysis, type Simulation } from '@cloud-copilot/iam-simulate';
import type { Account } from '../../aws/account.ts';
import type { Policy } from './policies.ts';
import type { ConditionContext } from './requestContext.ts';

export interface SimulationRequest {
  readonly account: Account;
  /** An ARN, the name of a service, or `anonymous`. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly context: ConditionContext;
  readonly identityPolicies: readonly Policy[];
  readonly permissionsBoundary?: Policy;
  readonly resourcePolicy?: Policy;
}

/** What IAM decides, or why the request is none that IAM knows: `no.resource.types`, `invalid.action`, ... */
export type SimulationOutcome = { readonly analysis: RequestAnalysis } | { readonly invalid: string };

/** Evaluates a request offline. Policies have been validated before. */
export async function simulate(request: SimulationRequest): Promise<SimulationOutcome> {
  const { permissionsBoundary, resourcePolicy } = request;
  const simulation: Simulation = {
    request: {
      principal: request.principal === 'anonymous' ? anonymousPrincipal : request.principal,
      action: request.action,
      resource: {
        resource: concrete(request.resource),
        accountId: accountOf(request.resource) ?? request.account.accountId,
      },
      contextVariables: mutable(request.context),
    },
    identityPolicies: request.identityPolicies.map((policy) => ({ name: policy.address, policy: validated(policy) })),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    resourcePolicy: resourcePolicy && validated(resourcePolicy),
    permissionBoundaryPolicies: permissionsBoundary && [
      { name: permissionsBoundary.address, policy: validated(permissionsBoundary) },
    ],
  };
  const outcome = await runSimulation(simulation, {});
  if (outcome.resultType === 'error') return { invalid: outcome.errors.message };
  if (outcome.resultType === 'single') return { analysis: outcome.result.analysis };
  // A resource with a wildcard is judged as several; what is not allowed for all of them is not allowed.
  const worst = outcome.results.find(({ analysis }) => analysis.result === outcome.overallResult) ?? outcome.results[0];
  return worst ? { analysis: worst.analysis } : { analysis: { result: outcome.overallResult, sameAccount: true } };
}

/** Spares the simulator from validating the same document at every request. It takes the name from where the policy has it. */
function validated({ address, document }: Policy): unknown {
  return { ...createValidatedPolicy(document, () => []), name: address };
}

/**
 * The name of an object may contain what is a wildcard to the simulator, which would then compare patterns: `photos/*` would
 * be allowed to whom `photos/mine/*` is. It may also contain line ends, which its wildcards do not match. A private-use
 * character stands for each of them: wildcards match it, and nothing that a policy spells out does.
 */
function concrete(resource: string): string {
  return resource.startsWith('arn:aws:s3:::') ? resource.replace(/[*?\r\n\u2028\u2029]/g, '\ue000') : resource;
}

/** `arn:aws:s3:::bucket` has no account. */
function accountOf(resource: string): string | undefined {
  const account = resource.split(':')[4];
  return account === undefined || account === '' ? undefined : account;
}

function mutable(context: ConditionContext): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(context).map(([key, value]) => [key, typeof value === 'string' ? value : [...value]]),
  );
}
