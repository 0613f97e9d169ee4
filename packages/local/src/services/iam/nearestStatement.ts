import type { RequestAnalysis } from '@cloud-copilot/iam-simulate';
import type { Access } from '../../aws/service.ts';
import type { Role } from './policies.ts';
import type { ConditionContext } from './requestContext.ts';
import { statementLabel, type AnalysedStatement } from './statementLabel.ts';
import { textsOf } from './validatePolicy.ts';

export interface DeniedByOmission {
  readonly access: Access;
  readonly context: ConditionContext;
  readonly role: Role;
  readonly analysis: RequestAnalysis | undefined;
}

/**
 * The statement that a developer most likely meant to write differently: one whose condition failed, else one that
 * allows something else on the same resource, else one that allows the same on another resource.
 */
export function nearestStatement({ access, context, role, analysis }: DeniedByOmission): string {
  if (role.policies.length === 0) return 'it has no policy';
  const service = access.action.split(':')[0] ?? '';
  const statements = (analysis?.identityAnalysis?.unmatchedStatements ?? []).filter(({ statement }) =>
    statement.isAllow(),
  );
  const byCondition = statements.find(({ actionMatch, resourceMatch }) => actionMatch && resourceMatch);
  if (byCondition)
    return `nearest statement: ${statementLabel(byCondition)} allows it only if ${conditionOf(byCondition, context)}`;
  const onResource = statements.find(
    (statement) => statement.resourceMatch && actionsOf(statement, service).length > 0,
  );
  if (onResource)
    return `nearest statement: ${statementLabel(onResource)} allows ${listed(actionsOf(onResource, service))} on it`;
  const elsewhere = mostAlike(
    statements.filter(({ actionMatch }) => actionMatch),
    access.resource,
  );
  if (elsewhere)
    return `nearest statement: ${statementLabel(elsewhere)} allows it on ${listed(resourcesOf(elsewhere))}`;
  return `no statement of its policies is about this resource or this action`;
}

function actionsOf({ statement }: AnalysedStatement, service: string): readonly string[] {
  return textsOf(statement.toJSON().Action).filter((action) =>
    action.toLowerCase().startsWith(`${service.toLowerCase()}:`),
  );
}

function resourcesOf({ statement }: AnalysedStatement): readonly string[] {
  const { Resource: resources, NotResource: others } = statement.toJSON();
  return resources === undefined ? [`other resources than ${textsOf(others).join(', ')}`] : textsOf(resources);
}

function mostAlike(statements: readonly AnalysedStatement[], resource: string): AnalysedStatement | undefined {
  const likeness = (statement: AnalysedStatement): number =>
    Math.max(...resourcesOf(statement).map((other) => commonPrefix(other, resource)));
  return statements.toSorted((left, right) => likeness(right) - likeness(left))[0];
}

function commonPrefix(left: string, right: string): number {
  let length = 0;
  while (length < left.length && left[length] === right[length]) length++;
  return length;
}

function listed(texts: readonly string[]): string {
  return texts.length > 3 ? `${texts.slice(0, 3).join(', ')} and ${texts.length - 3} more` : texts.join(', ');
}

/** The first condition that failed, with the values it wants and those the call has. */
function conditionOf({ explain }: AnalysedStatement, context: ConditionContext): string {
  const failed = explain.conditions?.find(({ matches }) => !matches);
  if (failed === undefined) return 'its conditions hold';
  const wanted = [failed.values].flat().map(({ value }) => value);
  const given = Object.entries(context).find(
    ([key]) => key.toLowerCase() === failed.conditionKeyValue.toLowerCase(),
  )?.[1];
  const here = given === undefined ? 'this call has no such value' : `this call has ${JSON.stringify([given].flat())}`;
  return `${failed.conditionKeyValue} ${failed.operator} ${JSON.stringify(wanted)}; ${here}`;
}
