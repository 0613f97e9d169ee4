import type { JsonObject } from '../../../json.ts';
import { bindCondition, type Condition } from './condition.ts';
import { parseCondition } from './conditionParser.ts';
import type { ExpressionKind } from './lexer.ts';
import { bindProjection, type Projector } from './projection.ts';
import { parseProjection } from './projectionParser.ts';
import { openScope, type Scope } from './scope.ts';
import type { ConditionSyntax, PathSyntax, UpdateSyntax } from './syntax.ts';
import { bindUpdate, type Update } from './update.ts';
import { parseUpdate } from './updateParser.ts';

/** Parsed expressions kept by text. Resolvers have a few hundred; a client that varies its texts only empties it. */
const CACHE_ENTRIES = 2_000;

const conditions = new Map<string, ConditionSyntax>();
const updates = new Map<string, UpdateSyntax>();
const projections = new Map<string, readonly PathSyntax[]>();

/** The bound expressions of one request; `null` where the request has none. */
export interface Expressions {
  readonly condition: Condition | null;
  readonly filter: Condition | null;
  readonly keyCondition: Condition | null;
  readonly projection: Projector | null;
  readonly update: Update | null;
}

const NONE: Expressions = { condition: null, filter: null, keyCondition: null, projection: null, update: null };

/** Parses, binds and checks the expressions that an operation may have; `kinds` lists them in AWS's order of checks. */
export function readExpressions(input: JsonObject, kinds: readonly ExpressionKind[]): Expressions {
  if (hasNone(input, kinds)) return NONE;
  const scope = openScope(input, kinds);
  const bound = {
    update: bindOptional(input, kinds, 'UpdateExpression', scope, updateOf),
    condition: bindOptional(input, kinds, 'ConditionExpression', scope, conditionOf),
    keyCondition: bindOptional(input, kinds, 'KeyConditionExpression', scope, conditionOf),
    filter: bindOptional(input, kinds, 'FilterExpression', scope, conditionOf),
    projection: bindOptional(input, kinds, 'ProjectionExpression', scope, projectionOf),
  };
  scope.finish();
  return bound;
}

function hasNone(input: JsonObject, kinds: readonly ExpressionKind[]): boolean {
  if (input.ExpressionAttributeNames !== undefined || input.ExpressionAttributeValues !== undefined) return false;
  for (const kind of kinds) if (input[kind] !== undefined) return false;
  return true;
}

type Binder<Bound> = (kind: ExpressionKind, text: string, scope: Scope) => Bound;

function bindOptional<Bound>(
  input: JsonObject,
  kinds: readonly ExpressionKind[],
  kind: ExpressionKind,
  scope: Scope,
  bind: Binder<Bound>,
): Bound | null {
  const text = kinds.includes(kind) ? input[kind] : undefined;
  return typeof text === 'string' ? bind(kind, text, scope) : null;
}

const conditionOf: Binder<Condition> = (kind, text, scope) =>
  bindCondition(
    kind,
    cached(conditions, `${kind}:${text}`, () => parseCondition(kind, text)),
    scope,
  );

const updateOf: Binder<Update> = (_kind, text, scope) =>
  bindUpdate(
    cached(updates, text, () => parseUpdate(text)),
    scope,
  );

const projectionOf: Binder<Projector> = (_kind, text, scope) =>
  bindProjection(
    cached(projections, text, () => parseProjection(text)),
    scope,
  );

function cached<Syntax>(cache: Map<string, Syntax>, text: string, parse: () => Syntax): Syntax {
  const known = cache.get(text);
  if (known) return known;
  const syntax = parse();
  if (cache.size >= CACHE_ENTRIES) cache.clear();
  cache.set(text, syntax);
  return syntax;
}
