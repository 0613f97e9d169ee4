import type { Finding, Severity } from '../finding.ts';
import type { Stacks } from '../infrastructure/resources.ts';
import { type Permission, permissionsOf } from './statements.ts';

/** What the functions, services and people of the Terraform may do that they could not before, and the other way round. */
export function comparePermissions(before: Stacks, after: Stacks): readonly Finding[] {
  const [was, is] = [before, after].map((stacks) => Map.groupBy(permissionsOf(stacks), placeOf));
  if (!was || !is) return [];
  const holders = new Set([...was.values()].flat().map(({ holder }) => holder));
  const added = [...is].flatMap(([place, permissions]) => permissions.filter((each) => !has(was.get(place), each)));
  const removed = [...was].flatMap(([place, permissions]) => permissions.filter((each) => !has(is.get(place), each)));
  return [...added.map((each) => gained(each, removed, holders)), ...removed.map((each) => lost(each, added))]
    .flat()
    .sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

const key = ({ subject, code, message }: Finding): string => `${subject} ${code} ${message}`;

/** Permissions at one place differ by their conditions only. */
const placeOf = ({ holder, effect, action, resource, principal }: Permission): string =>
  [holder, effect, action, resource, principal].join('\n');

const has = (permissions: readonly Permission[] | undefined, { condition }: Permission): boolean =>
  permissions?.some((each) => each.condition === condition) ?? false;

const what = ({ principal, action, resource, condition }: Permission): string =>
  `${principal === '' ? '' : `${principal} `}${action} at ${resource}${condition === '' ? '' : ` if ${condition}`}`;

function found(permission: Permission, severity: Severity, code: string, message: string, cell?: string): Finding {
  return {
    section: 'permissions',
    severity,
    code,
    subject: permission.holder,
    message,
    operations: [],
    ...(cell !== undefined && { cell }),
  };
}

const isResourcePolicy = ({ principal }: Permission): boolean => principal !== '';
const isWild = ({ action, resource, principal }: Permission): boolean =>
  action.endsWith('*') ||
  action.startsWith('all but') ||
  resource.startsWith('arn:aws:iam::aws:policy/') ||
  resource === '*' ||
  resource.startsWith('all but') ||
  / \*$|^\*$/.test(principal);

function gained(permission: Permission, removed: readonly Permission[], holders: ReadonlySet<string>): Finding[] {
  if (permission.effect === 'Deny') return [found(permission, 'safe', 'DENY_ADDED', `is refused ${what(permission)}`)];
  const cell = `${permission.holder}: ${what(permission)}`;
  const before = removed.find((each) => placeOf(each) === placeOf(permission));
  if (before !== undefined) {
    const conditions = `${before.condition || 'none'} -> ${permission.condition || 'none'}`;
    return [
      found(
        permission,
        'blocking',
        'CONDITION_CHANGED',
        `may ${what({ ...permission, condition: '' })}, and its condition changes: ${conditions}`,
        cell,
      ),
    ];
  }
  if (isWild(permission))
    return [found(permission, 'blocking', 'WILDCARD_ADDED', `may ${what(permission)}: more than one can list`, cell)];
  // Whom a resource lets in by itself needs no other right.
  if (isResourcePolicy(permission) && holders.has(permission.holder))
    return [found(permission, 'blocking', 'PRINCIPAL_ADDED', `lets in ${what(permission)}`, cell)];
  const isNew = !holders.has(permission.holder);
  return [
    found(
      permission,
      isNew ? 'safe' : 'dangerous',
      isNew ? 'HOLDER_ADDED' : 'PERMISSION_ADDED',
      `may ${what(permission)}`,
    ),
  ];
}

function lost(permission: Permission, added: readonly Permission[]): Finding[] {
  // Told where it was gained.
  if (permission.effect === 'Allow' && added.some((each) => placeOf(each) === placeOf(permission))) return [];
  if (permission.effect === 'Deny') {
    const cell = `${permission.holder}: no longer refused ${what(permission)}`;
    return [found(permission, 'blocking', 'DENY_REMOVED', `is no longer refused ${what(permission)}`, cell)];
  }
  return [found(permission, 'safe', 'PERMISSION_REMOVED', `may no longer ${what(permission)}`)];
}
