import type { RequestAnalysis } from '@cloud-copilot/iam-simulate';
import type { Policies } from './policies.ts';
import { labelOf, statementsOf, textsOf } from './validatePolicy.ts';

/** One action on one resource that a statement of a role allows, and whether a call has made use of it. */
export interface Grant {
  readonly roleArn: string;
  /** Terraform addresses. */
  readonly role: string;
  readonly policy: string;
  /** `Sid`, or `Statement[0]`. */
  readonly statement: string;
  /** As written, with wildcards; `not x` for a `NotAction`. */
  readonly action: string;
  readonly resource: string;
  readonly used: boolean;
}

export interface UsageRecorder {
  record(roleArn: string, analysis: RequestAnalysis): void;
  report(policies: Policies): readonly Grant[];
}

/** Remembers across reloads: a grant that has been used stays used as long as it is written the same way. */
export function createUsageRecorder(): UsageRecorder {
  const used = new Set<string>();
  return {
    record(roleArn, analysis) {
      for (const { policyId, statement, explain } of analysis.identityAnalysis?.allowStatements ?? []) {
        // The simulator counts statements from 1.
        const label = statement.sid() ?? `Statement[${statement.index() - 1}]`;
        for (const action of matching(explain.actions, 'action') ?? ['not']) {
          for (const resource of matching(explain.resources, 'resource') ?? ['not']) {
            used.add(keyOf({ roleArn, policy: policyId, statement: label, action, resource }));
          }
        }
      }
    },
    report: (policies) => grantsOf(policies).map(({ key, ...grant }) => ({ ...grant, used: used.has(key) })),
  };
}

type Explained<Name extends string> = { readonly matches: boolean } & { readonly [name in Name]: string };

/** The patterns that matched; undefined where the statement has `NotAction` or `NotResource` instead. */
function matching<Name extends string>(
  explained: Explained<Name> | readonly Explained<Name>[] | undefined,
  name: Name,
): readonly string[] | undefined {
  if (explained === undefined) return undefined;
  const patterns: readonly Explained<Name>[] = 'matches' in explained ? [explained] : explained;
  return patterns.filter(({ matches }) => matches).map((pattern) => pattern[name]);
}

function keyOf(grant: Pick<Grant, 'roleArn' | 'policy' | 'statement' | 'action' | 'resource'>): string {
  return JSON.stringify([grant.roleArn, grant.policy, grant.statement, grant.action, grant.resource]);
}

function grantsOf({ roles }: Policies): readonly (Omit<Grant, 'used'> & { readonly key: string })[] {
  return roles.flatMap(({ arn: roleArn, address: role, policies }) =>
    policies.flatMap(({ address: policy, document }) =>
      statementsOf(document).flatMap((statement, index) => {
        if (statement.Effect !== 'Allow') return [];
        const common = { roleArn, role, policy, statement: labelOf(statement, index) };
        return patterns(statement.Action, statement.NotAction).flatMap((action) =>
          patterns(statement.Resource, statement.NotResource).map((resource) => ({
            ...common,
            action: action.text,
            resource: resource.text,
            key: keyOf({ ...common, action: action.id, resource: resource.id }),
          })),
        );
      }),
    ),
  );
}

function patterns(
  positive: Parameters<typeof textsOf>[0],
  negative: Parameters<typeof textsOf>[0],
): readonly { readonly text: string; readonly id: string }[] {
  if (positive !== undefined) return textsOf(positive).map((text) => ({ text, id: text }));
  return [{ text: `not ${textsOf(negative).join(', ')}`, id: 'not' }];
}
