import { functions, resolvers } from '../../../infra/resolvers.ts';
import type { Flip } from './flip.ts';
import { noticed } from './noticed.ts';
import type { Resources } from './system.ts';

interface Statement {
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
interface Policy {
  policy: string;
}
export const policiesIn = (resources: Resources): Record<string, Policy> =>
  resources['aws_iam_role_policy'] as unknown as Record<string, Policy>;

/** What AppSync may do for resolvers, each action of each statement taken away from the role of its data source. */
export function policyFlips(resources: Resources): readonly Flip[] {
  return Object.keys(resources['aws_appsync_datasource'] ?? {}).flatMap((dataSource) => {
    const text = policiesIn(resources)[dataSource]?.policy;
    if (text === undefined) return [];
    return statementsOf(text).flatMap(({ Action, Resource }, index) =>
      Action.map((action): Flip => ({
        name: `${dataSource} without ${action} on ${Resource.map(nameOf).join(', ')}`,
        change: (changed) => {
          const policy = policiesIn(changed)[dataSource];
          if (policy) policy.policy = without(policy.policy, index, action);
        },
        look: () => noticed(({ field }) => dataSourcesOf(field).includes(dataSource)),
      })),
    );
  });
}

/** What guests and members with keys may ask, each field taken away from their role. */
export const identityFlips = (resources: Resources): readonly Flip[] =>
  ['guests', 'identified'].flatMap((role) =>
    fieldsOf(policiesIn(resources)[role]?.policy ?? '').map((resource): Flip => ({
      name: `${role} without ${resource.replace(/.*\/types\//, '')}`,
      change: (changed) => {
        const policy = policiesIn(changed)[role];
        if (policy) policy.policy = withoutField(policy.policy, resource);
      },
      look: () => noticed(({ field }) => resource.endsWith(`/types/${field.replace('.', '/fields/')}`)),
    })),
  );

interface FieldsPolicy {
  readonly Statement: readonly { readonly Resource: readonly string[] }[];
}

const fieldsOf = (text: string): readonly string[] =>
  (JSON.parse(text) as FieldsPolicy).Statement.flatMap(({ Resource }) => Resource);

const withoutField = (text: string, field: string): string => {
  const document = JSON.parse(text) as FieldsPolicy;
  const left = document.Statement.map((one) => ({ ...one, Resource: one.Resource.filter((other) => other !== field) }));
  return JSON.stringify({ ...document, Statement: left });
};

export const statementsOf = (text: string): readonly Statement[] =>
  (JSON.parse(text) as { Statement: Statement[] }).Statement;

/** Terraform's references are long: `posts/index/byTag` is enough to tell by. */
export const nameOf = (resource: string): string =>
  resource.replace(
    /^\$\{[^}]*_(\w+)_arn\}|^\$\{\w+\.(\w+)\.arn\}/,
    (_, remote?: string, own?: string) => remote ?? own ?? '',
  );

export function without(text: string, index: number, action: string): string {
  const document = JSON.parse(text) as { Statement: { Action: string[] }[] };
  const statement = document.Statement[index];
  if (statement) {
    const left = statement.Action.filter((one) => one !== action);
    // A statement allows something: what is left has to be an action that nobody asks for.
    statement.Action = left.length > 0 ? left : ['sts:GetCallerIdentity'];
  }
  return JSON.stringify(document);
}

type Wired = { readonly dataSource?: string; readonly pipeline?: readonly string[] };

function dataSourcesOf(field: string): readonly (string | undefined)[] {
  const wired: Wired | undefined = (resolvers as Readonly<Record<string, Wired>>)[field];
  const steps = (wired?.pipeline ?? []).map((name) => (functions as Readonly<Record<string, Wired>>)[name]);
  return [wired?.dataSource, ...steps.map((step) => step?.dataSource)];
}
