import { type Change, CriticalityLevel, diff } from '@graphql-inspector/core';
import { getNamedType, type GraphQLSchema, isInterfaceType, isObjectType } from 'graphql';
import type { Contract } from '../contract/contract.ts';
import type { Finding, Severity } from '../finding.ts';
import { compareOperations } from './compareOperations.ts';
import { deprecationOf, judgeRemoval, referrersOf, type Removal, removalDate } from './removal.ts';
import { usersOf, usesOf } from './uses.ts';

interface Side extends Pick<Contract, 'schema' | 'operations'> {
  readonly uses: ReadonlyMap<string, readonly string[]>;
}

interface Judgement {
  readonly severity: Severity;
  readonly because?: string;
  readonly remedy?: string;
}

/**
 * What a change of the schema does to those who wrote against it. AppSync's directives are left to the part on access; what
 * GraphQL cannot say of them (a directive is only a note to it) would be wrong or missing here.
 * @param now decides whether what was deprecated may go.
 */
export async function compareSchemas(
  before: Pick<Contract, 'schema' | 'operations'>,
  after: Pick<Contract, 'schema' | 'operations'>,
  now: Date,
): Promise<readonly Finding[]> {
  const was: Side = { ...before, uses: usesOf(before) };
  const is: Side = { ...after, uses: usesOf(after) };
  const today = now.toISOString().slice(0, 10);
  const changes = await diff(before.schema, after.schema);
  const findings = changes
    .filter(({ type }) => !type.startsWith('DIRECTIVE_'))
    .map((change) => finding(change, was, is, today));
  return [...findings, ...compareOperations(before.operations, after.operations, today)].sort(order);
}

const order = (a: Finding, b: Finding): number =>
  a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : a.code < b.code ? -1 : a.code > b.code ? 1 : 0;

function finding(change: Change, was: Side, is: Side, today: string): Finding {
  // Inspector ends some paths with the directive that says it.
  const subject = (change.path ?? change.type).replace(/\.@\w+$/, '');
  const { severity, because, remedy } = judge(change, subject, was, is, today);
  return {
    section: 'schema',
    severity,
    code: change.type,
    subject,
    message:
      because === undefined ? change.message.replace(/\.$/, '') : `${change.message.replace(/\.$/, '')}: ${because}`,
    operations: touched(change, subject, was, is),
    ...(remedy !== undefined && { remedy }),
  };
}

/** Whoever reads an enum is told of its values, too. */
function touched({ type }: Change, subject: string, was: Side, is: Side): readonly string[] {
  const users = usersOf(subject, was.uses, is.uses);
  if (!type.startsWith('ENUM_VALUE_')) return users;
  const [name = ''] = subject.split('.');
  return [...new Set([...users, ...usersOf(name, was.uses, is.uses)])].sort();
}

const REMOVALS: ReadonlySet<string> = new Set([
  'FIELD_REMOVED',
  'FIELD_ARGUMENT_REMOVED',
  'INPUT_FIELD_REMOVED',
  'ENUM_VALUE_REMOVED',
]);

function judge(change: Change, subject: string, was: Side, is: Side, today: string): Judgement {
  const { type } = change;
  const users = usersOf(subject, was.uses, is.uses);
  if (REMOVALS.has(type)) return removal(judgeRemoval(deprecationOf(was.schema, subject), users, today));
  if (type === 'TYPE_REMOVED') return removal(judgeType(subject, users, was, today));
  if (type === 'ENUM_VALUE_ADDED') return addedValue(subject, is.schema);
  if (type === 'FIELD_ARGUMENT_ADDED' || type === 'INPUT_FIELD_ADDED') return added(change);
  if (type === 'FIELD_DEPRECATION_REASON_CHANGED') return postponed(subject, was.schema, is.schema);
  const severity = SEVERITIES[change.criticality.level];
  return severity === 'blocking' ? { severity, remedy: remedyFor(type) } : { severity };
}

const SEVERITIES: Readonly<Record<CriticalityLevel, Severity>> = {
  [CriticalityLevel.Breaking]: 'blocking',
  [CriticalityLevel.Dangerous]: 'dangerous',
  [CriticalityLevel.NonBreaking]: 'safe',
};

const removal = ({ allowed, remedy }: Removal): Judgement =>
  allowed === undefined
    ? { severity: 'blocking', ...(remedy !== undefined && { remedy }) }
    : { severity: 'safe', because: allowed };

/** A type may go with the last of what had it. */
function judgeType(name: string, users: readonly string[], was: Side, today: string): Removal {
  const referrers = referrersOf(was.schema, name);
  const refused = referrers
    .map((coordinate) => ({
      coordinate,
      ...judgeRemoval(deprecationOf(was.schema, coordinate), usersOf(coordinate, was.uses), today),
    }))
    .find(({ remedy }) => remedy !== undefined);
  if (refused) return { remedy: `${refused.coordinate} has it: ${refused.remedy}` };
  if (users.length > 0) return judgeRemoval(null, users, today);
  return { allowed: referrers.length > 0 ? 'all that had it was deprecated, and its time is over' : 'nothing had it' };
}

/** Whoever reads the enum may meet a value that it does not know; whoever only writes it need not. */
function addedValue(subject: string, schema: GraphQLSchema): Judgement {
  const [name = ''] = subject.split('.');
  const isRead = Object.values(schema.getTypeMap()).some(
    (type) =>
      !type.name.startsWith('__') &&
      (isObjectType(type) || isInterfaceType(type)) &&
      Object.values(type.getFields()).some((field) => getNamedType(field.type).name === name),
  );
  return isRead
    ? { severity: 'dangerous', because: 'clients that switch over the values meet one that they do not know' }
    : { severity: 'safe' };
}

/** What need not be given changes nothing for whoever does not know it. */
function added({ criticality }: Change): Judgement {
  const severity = SEVERITIES[criticality.level] === 'blocking' ? 'blocking' : 'safe';
  return severity === 'blocking' ? { severity, remedy: 'make it nullable, or give it a default' } : { severity };
}

function postponed(subject: string, was: GraphQLSchema, is: GraphQLSchema): Judgement {
  const [before, after] = [was, is].map((schema) => removalDate(deprecationOf(schema, subject)));
  if (before === undefined || (after !== undefined && after >= before)) return { severity: 'safe' };
  return {
    severity: 'dangerous',
    because: after === undefined ? `it no longer says ${before}` : `${before} was promised, and now ${after}`,
  };
}

function remedyFor(type: string): string {
  if (type.endsWith('TYPE_CHANGED'))
    return 'add a field of the new type beside it, deprecate this one with a date, and remove it then';
  return 'add the new beside the old, deprecate the old with a date, and remove it then';
}
