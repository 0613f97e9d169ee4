import type { PlanJson, ResourceChange } from './stateFile.ts';

/** What holds something that a deployment cannot make again, and what is lost with it. */
export const STATEFUL: Readonly<Record<string, string>> = {
  aws_dynamodb_table: 'its items',
  aws_cognito_user_pool: 'its members and their passwords',
  aws_s3_bucket: 'its objects',
  aws_kms_key: 'everything encrypted with it',
  aws_route53_zone: 'its name servers, which the registrar knows',
};

export function isStateful(type: string): boolean {
  return Object.hasOwn(STATEFUL, type);
}

export interface StatefulChange {
  readonly address: string;
  readonly kind: 'replaced' | 'destroyed';
  /** What to read: the address, what is lost, why, and what to do instead. */
  readonly message: string;
}

/**
 * The stateful resources that applying this plan would replace or destroy. An empty list is the only answer that may be
 * applied without a person having decided on the loss; `allowed` are the addresses for which one has.
 * @param plan what `terraform show -json PLAN` prints
 */
export function statefulChanges(plan: PlanJson, allowed: ReadonlySet<string> = new Set()): StatefulChange[] {
  const changes = (plan.resource_changes ?? []).filter(({ mode }) => mode === 'managed');
  return changes
    .filter(({ type, address, change }) => isStateful(type) && !allowed.has(address) && deletes(change))
    .map((change) => describe(change, changes));
}

function deletes({ actions }: ResourceChange['change']): boolean {
  return actions.includes('delete');
}

function describe(lost: ResourceChange, changes: readonly ResourceChange[]): StatefulChange {
  const { address, type, change } = lost;
  const what = STATEFUL[type] ?? 'its content';
  if (change.actions.includes('create')) {
    const forced = (change.replace_paths ?? []).map((path) => path.join('.')).join(', ') || 'another resource';
    const fix = 'Make a second one and copy, or leave the argument as it was.';
    return {
      address,
      kind: 'replaced',
      message: `${address} would be replaced, and ${what} lost, because of ${forced}. ${fix}`,
    };
  }
  const renamed = changes.find((other) => other.change.actions.join() === 'create' && sameThing(lost, other));
  const fix = renamed
    ? `It comes back as ${renamed.address}: \`terraform state mv ${address} ${renamed.address}\` keeps it.`
    : 'Take it out of the state first (`terraform state rm`) if it is to be kept, or allow its end by address.';
  return { address, kind: 'destroyed', message: `${address} would be destroyed, and ${what} lost. ${fix}` };
}

/** One thing under two addresses: same type and same name in AWS. */
function sameThing(a: ResourceChange, b: ResourceChange): boolean {
  const nameOf = ({ change }: ResourceChange) =>
    (change.before ?? change.after)?.name ?? (change.before ?? change.after)?.bucket;
  const name = nameOf(a);
  return a.type === b.type && name !== undefined && name === nameOf(b);
}
